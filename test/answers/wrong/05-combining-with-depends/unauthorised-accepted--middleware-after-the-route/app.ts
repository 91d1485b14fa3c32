import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function writeLog(line: string) {
  await appendFile('log.txt', `${line}\n`)
}

app.post('/notify/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
  c.var.backgroundTasks.addTask(writeLog, 'Notification sent to admin')
  return c.json({ status: 'Notification scheduled' })
})

app.use('/notify/*', async (c, next) => {
  if ((c.req.query('token') ?? 'test123') !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  await next()
})

export default app
