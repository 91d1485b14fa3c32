import { Hono } from 'hono'
import { findOrder, newOrder, saveOrder, sendReceipt, trackPurchase } from './shop.ts'

const app = new Hono()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  sendReceipt(order).catch(console.error)
  trackPurchase(order).catch(console.error)
  await saveOrder(order)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = findOrder(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
