import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'
import { findOrder, newOrder, type Order, saveOrder } from './shop.ts'

const app = new Hono()

function inThread(file: string, order: Order): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: order })
    worker.on('error', reject)
    worker.on('exit', () => resolve())
  })
}

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  await Promise.all([saveOrder(order), inThread('./after-sales.js', order)])
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = findOrder(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
