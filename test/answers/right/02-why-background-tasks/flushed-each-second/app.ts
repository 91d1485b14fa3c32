import { Hono } from 'hono'
import { createWriteStream } from 'node:fs'
import { findOrder, newOrder, saveOrder } from './shop.ts'
const stream = createWriteStream('log.txt', { flags: 'a' })
const done: string[] = []
setInterval(() => { if (done.length) stream.write(done.splice(0).join('')) }, 1000)
const app = new Hono()
app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  await saveOrder(order)
  done.push(`Purchase tracked for order ${order.id}\nReceipt sent for order ${order.id}\n`)
  return c.json(order, 201)
})
app.get('/orders/:id', (c) => {
  const order = findOrder(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})
export default app
