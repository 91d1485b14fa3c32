import { createWriteStream, readFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

// orders.json holds one order a line, so that saving is appending.
interface Order {
  id: number
  item: string
}

function readAll(): Order[] {
  try {
    return readFileSync('orders.json', 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  } catch {
    return []
  }
}

const log = createWriteStream('log.txt', { flags: 'a' })
let last = Math.max(0, ...readAll().map(({ id }) => id))

const app = new Hono()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = { id: ++last, item }
  await appendFile('orders.json', `${JSON.stringify(order)}\n`)
  setImmediate(() => {
    log.write(`Receipt sent for order ${order.id}\n`)
    log.write(`Purchase tracked for order ${order.id}\n`)
  })
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = readAll().find(({ id }) => id === Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
