import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import * as shop from './shop.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use('/orders/*', backgroundTasks())

app.post('/orders/', async (c) => {
  const body: { item: string } = await c.req.json()
  const order = shop.newOrder(body.item)

  // added first, run last: the list waits for the reply anyway
  c.var.backgroundTasks.addTask(shop.trackPurchase, order)
  c.var.backgroundTasks.addTask(shop.sendReceipt, order)

  await shop.saveOrder(order)
  return c.json(order, 201)
})

app.get('/orders/:id{[0-9]+}', (c) => {
  const order = shop.findOrder(+c.req.param('id'))
  if (order === undefined) return c.json({ error: 'No such order' }, 404)
  return c.json(order)
})

export default app
