import { Hono } from 'hono'
import { newOrder, saveOrder, sendReceipt, trackPurchase } from './shop.ts'

const app = new Hono()
const orders = new Map()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json()
  const order = newOrder(item)
  await saveOrder(order)
  orders.set(order.id, order)
  setImmediate(() => sendReceipt(order).catch(console.error))
  setImmediate(() => trackPurchase(order).catch(console.error))
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = orders.get(c.req.param('id'))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
