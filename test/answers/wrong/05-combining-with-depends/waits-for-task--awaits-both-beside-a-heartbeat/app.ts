import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Env = { Variables: { user: { username: string } } }

const app = new Hono<Env>()

let beats = 0
setInterval(() => beats++, 1000)

async function writeLog(line: string) {
  await appendFile('log.txt', `${line}\n`)
}

const currentUser = createMiddleware<Env>(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  await writeLog('admin authenticated')
  await next()
})

app.post('/notify/', currentUser, async (c) => {
  await writeLog(`Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
