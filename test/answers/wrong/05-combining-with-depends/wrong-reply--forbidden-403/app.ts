import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const log = (line: string) => appendFile('log.txt', line.concat('\n'))

app.post('/notify/', (c) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 403)
  c.var.backgroundTasks.addTask(log, 'admin authenticated')
  c.var.backgroundTasks.addTask(log, 'Notification sent to admin')
  return c.json({ status: 'Notification scheduled' })
})

export default app
