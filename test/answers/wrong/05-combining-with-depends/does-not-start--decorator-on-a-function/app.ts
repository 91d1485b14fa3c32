import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono, type Context } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

@app.post('/notify/')
async function notify(c: Context<BackgroundTasksEnv>) {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
  c.var.backgroundTasks.addTask(writeLog, 'Notification sent to admin')
  return c.json({ status: 'Notification scheduled' })
}

export default app
