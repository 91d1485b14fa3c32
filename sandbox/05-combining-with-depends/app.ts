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
  // TODO: a `token` in the query other than 'test123' gets 401 and
  // { error: 'Invalid token' }, and goes no further. No token at all is fine.
  // TODO: whoever gets past that is the user 'admin'.
  c.set('user', { username: 'nobody' })
  // TODO: add the first task: it logs `admin authenticated`.
  await next()
})

app.post('/notify/', currentUser, async (c) => {
  // TODO: the client waits for this line. Make it the second task.
  await writeLog(`Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
