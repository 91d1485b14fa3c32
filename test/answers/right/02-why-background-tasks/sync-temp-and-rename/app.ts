import { renameSync, writeFileSync, appendFile } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
const orders = new Map<string, { id: number; item: string }>()
const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const save = async () => {
  writeFileSync('tmp-orders', JSON.stringify([...orders.values()]))
  await sleep(200)
  renameSync('tmp-orders', 'orders.json')
}
app.post('/orders/', async (c) => {
  const { item } = await c.req.json()
  const order = { id: orders.size + 1, item }
  orders.set(String(order.id), order)
  await save()
  c.var.backgroundTasks.addTask(appendFile, 'log.txt', `Receipt sent for order ${order.id}\n`, console.log)
  c.var.backgroundTasks.addTask(appendFile, 'log.txt', `Purchase tracked for order ${order.id}\n`, console.log)
  return c.json(order, 201)
})
app.get('/orders/:id', (c) => {
  const order = orders.get(c.req.param('id'))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})
export default app
