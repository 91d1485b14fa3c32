import { Hono } from 'hono'
import { findOrder, newOrder, saveOrder, sendReceipt, trackPurchase } from './shop'

const app = new Hono()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  await saveOrder(order)
  void sendReceipt(order).then(() => trackPurchase(order))
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = findOrder(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
