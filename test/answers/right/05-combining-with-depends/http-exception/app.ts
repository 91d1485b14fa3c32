import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'

interface User {
  username: string
}
type Env = BackgroundTasksEnv & { Variables: { user: User } }

const app = new Hono<Env>()
app.use(backgroundTasks())

app.onError((error, c) => {
  if (error instanceof HTTPException) return c.json({ error: error.message }, error.status)
  console.error(error)
  return c.json({ error: 'Something went wrong' }, 500)
})

async function writeLog(line: string) {
  await sleep(500)
  await appendFile('log.txt', `${line}\n`)
}

const currentUser = createMiddleware<Env>(async (c, next) => {
  const { token = 'test123' } = c.req.query()
  c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
  if (token !== 'test123') throw new HTTPException(401, { message: 'Invalid token' })
  c.set('user', { username: 'admin' })
  await next()
})

app.post('/notify/', currentUser, (c) => {
  c.var.backgroundTasks.addTask(writeLog, `Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
