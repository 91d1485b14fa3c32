import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

type Env = BackgroundTasksEnv & { Variables: { user: { username: string } } }

const app = new Hono<Env>()
app.use(backgroundTasks())

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

app.use('/notify/', async (c, next) => {
  c.set('user', { username: 'admin' })
  c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
  await next()
  const { token = 'test123' } = c.req.query()
  if (token !== 'test123') {
    c.res = c.json({ error: 'Invalid token' }, 401)
  }
})

app.post('/notify/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, `Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
