import { writeFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { newOrder, sendReceipt, trackPurchase, type Order } from './shop.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const orders = new Map<number, Order>()

const flush = () => writeFile('orders.json', JSON.stringify([...orders.values()]))

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  orders.set(order.id, order)
  const tasks = c.var.backgroundTasks
  tasks.addTask(flush)
  tasks.addTask(sendReceipt, order)
  tasks.addTask(trackPurchase, order)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = orders.get(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
