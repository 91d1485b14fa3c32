import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Env = { Variables: { user: { username: string }; before: Promise<void> } }

async function writeLog(line: string) {
  await sleep(500)
  await appendFile('log.txt', `${line}\n`)
}

const currentUser = createMiddleware<Env>(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  c.set('before', writeLog('admin authenticated'))
  await next()
})

const app = new Hono<Env>()

app.post('/notify/', currentUser, (c) => {
  const { user, before } = c.var
  before.then(() => writeLog(`Notification sent to ${user.username}`)).catch(console.error)
  return c.json({ status: 'Notification scheduled' })
})

export default app
