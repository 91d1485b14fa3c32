import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { findOrder, newOrder, saveOrder, sendReceipt, trackPurchase, type Order } from './shop.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

function save(order: Order): Promise<void> {
  return new Promise((resolve, reject) => {
    saveOrder(order).catch(reject)
  })
}

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  await save(order)
  c.var.backgroundTasks.addTask(sendReceipt, order)
  c.var.backgroundTasks.addTask(trackPurchase, order)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = findOrder(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
