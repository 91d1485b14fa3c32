import { Hono } from 'hono'
import { findOrder, newOrder, saveOrder, sendReceipt, trackPurchase } from './shop.js'

const app = new Hono()

app.post('/orders/', async (c) => {
  const body = await c.req.json()
  const order = newOrder(body.item)
  c.env.outgoing.on('finish', async () => {
    try {
      await saveOrder(order)
      await Promise.all([sendReceipt(order), trackPurchase(order)])
    } catch (err) {
      console.error(err)
    }
  })
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = findOrder(parseInt(c.req.param('id'), 10))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
