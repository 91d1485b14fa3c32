import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

app.post('/notify/:token', (c) => {
  if (c.req.param('token') !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
  c.var.backgroundTasks.addTask(writeLog, 'Notification sent to admin')
  return c.json({ status: 'Notification scheduled' })
})

export default app
