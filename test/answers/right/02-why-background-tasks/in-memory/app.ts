import { appendFileSync } from 'node:fs'
import { Hono } from 'hono'

interface Order {
  id: number
  item: string
}

const orders = new Map<number, Order>()

const app = new Hono()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order: Order = { id: orders.size + 1, item }
  orders.set(order.id, order)
  setTimeout(() => {
    appendFileSync('log.txt', `Receipt sent for order ${order.id}\nPurchase tracked for order ${order.id}\n`)
  }, 0)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = orders.get(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
