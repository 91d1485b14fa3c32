import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Env = BackgroundTasksEnv & { Variables: { user: { username: string } } }

const app = new Hono<Env>()
app.use(backgroundTasks())

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

const currentUser = createMiddleware<Env>(async (c, next) => {
  if (c.req.query('token') === 'wrong') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
  await next()
})

app.post('/notify/', currentUser, (c) => {
  c.var.backgroundTasks.addTask(writeLog, `Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
