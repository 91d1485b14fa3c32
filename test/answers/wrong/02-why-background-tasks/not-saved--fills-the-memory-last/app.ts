import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { newOrder, sendReceipt, trackPurchase, type Order } from './shop.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const orders: Record<string, Order> = {}

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  const { addTask } = c.var.backgroundTasks
  addTask(sendReceipt, order)
  addTask(trackPurchase, order)
  addTask(() => {
    orders[order.id] = order
  })
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = orders[c.req.param('id')]
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
