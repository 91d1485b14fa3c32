import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

export const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const log = (line: string) => appendFile('log.txt', `${line}\n`)

app.post('/notify/', (c) => {
  if ((c.req.query('token') ?? 'test123') !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.var.backgroundTasks.addTask(log, 'admin authenticated')
  c.var.backgroundTasks.addTask(log, 'Notification sent to admin')
  return c.json({ status: 'Notification scheduled' })
})
