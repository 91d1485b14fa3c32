import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Env = BackgroundTasksEnv & { Variables: { user: { username: string } } }

const app = new Hono<Env>()
app.use(backgroundTasks())

// Ready-made: a log that takes half a second for each line.
async function writeLog(line: string) {
  await sleep(500)
  await appendFile('log.txt', `${line}\n`)
}

const currentUser = createMiddleware<Env>(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (!token.includes('test123')) return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
  await next()
})

app.post('/notify/', currentUser, (c) => {
  c.var.backgroundTasks.addTask(writeLog, `Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
