import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono, type Context, type Next } from 'hono'

type Env = BackgroundTasksEnv & { Variables: { user: { username: string } } }

const app = new Hono<Env>()
app.use(backgroundTasks())

async function write_log(line: string) {
  await appendFile('log.txt', `${line}\n`)
}

async function get_current_user(c: Context<Env>, _next: Next) {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  const user = { username: 'admin' }
  c.set('user', user)
  c.var.backgroundTasks.addTask(write_log, `${user.username} authenticated`)
}

app.post('/notify/', get_current_user, (c) => {
  c.var.backgroundTasks.addTask(write_log, `Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
