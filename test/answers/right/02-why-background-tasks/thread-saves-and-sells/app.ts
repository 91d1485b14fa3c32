import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'

interface Order {
  readonly id: number
  readonly item: string
}

const shop = new Worker(new URL('./shop.js', import.meta.url))
const saved = new Map<string, Order>()
const app = new Hono()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  shop.postMessage(item)
  const [order] = (await once(shop, 'message')) as [Order]
  saved.set(String(order.id), order)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = saved.get(c.req.param('id'))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
