import { Hono } from 'hono'
import { findOrder, newOrder, saveOrder, sendReceipt, trackPurchase, type Order } from './shop.ts'

const app = new Hono()

async function after_order(order: Order & { price?: number }) {
  await sendReceipt(order)
  if (order.price === undefined) throw new Error('An order needs a price')
  await trackPurchase(order)
}

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  await saveOrder(order)
  after_order(order)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = findOrder(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
