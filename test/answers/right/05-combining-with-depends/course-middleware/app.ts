import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono, type MiddlewareHandler } from 'hono'

type Env = BackgroundTasksEnv & { Variables: { user: { username: string } } }

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

const currentUser: MiddlewareHandler<Env> = async (c, next) => {
  const token = c.req.query('token')
  if (token !== undefined && token !== 'test123') {
    c.status(401)
    return c.json({ error: 'Invalid token' })
  }
  c.set('user', { username: 'admin' })
  c.get('backgroundTasks').addTask(writeLog, 'admin authenticated')
  return next()
}

const app = new Hono<Env>()
app.use(backgroundTasks())
app.use('/notify/', currentUser)

app.post('/notify/', (c) => {
  c.get('backgroundTasks').addTask(writeLog, `Notification sent to ${c.get('user').username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
