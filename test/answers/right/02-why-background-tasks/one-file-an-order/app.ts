import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
await mkdir('orders', { recursive: true })
let n = 0
const app = new Hono()
app.post('/orders/', async (c) => {
  const { item } = await c.req.json()
  const order = { id: ++n, item }
  await sleep(200)
  await writeFile(`orders/${order.id}.json`, JSON.stringify(order))
  setImmediate(async () => {
    await sleep(300)
    await appendFile('log.txt', `Receipt sent for order ${order.id}\n`)
    await appendFile('log.txt', `Purchase tracked for order ${order.id}\n`)
  })
  return c.json(order, 201)
})
app.get('/orders/:id', async (c) => {
  try {
    return c.json(JSON.parse(await readFile(`orders/${Number(c.req.param('id'))}.json`, 'utf8')))
  } catch {
    return c.json({ error: 'No such order' }, 404)
  }
})
export default app
