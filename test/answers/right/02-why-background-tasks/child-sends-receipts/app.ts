import { fork } from 'node:child_process'
import { Hono } from 'hono'
import { findOrder, newOrder, saveOrder } from './shop.ts'

const afterSales = fork('./after-sales.js')

const app = new Hono()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  await saveOrder(order)
  afterSales.send(order)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = findOrder(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
