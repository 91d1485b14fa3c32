import { Hono } from 'hono'
import { findOrder, newOrder, saveOrder, sendReceipt, trackPurchase } from './shop'

const app = new Hono()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json()
  const order = newOrder(item)
  await saveOrder(order)
  await Promise.all([sendReceipt(order), trackPurchase(order)])
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = findOrder(+c.req.param('id'))
  if (!order) return c.json({ error: 'No such order' }, 404)
  return c.json(order)
})

export default app
