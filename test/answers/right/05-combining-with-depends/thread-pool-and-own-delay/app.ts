import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Env = { Variables: { user: { username: string } } }

const app = new Hono<Env>()

let written = 0
const logger = new Worker(new URL('./logger.js', import.meta.url))
logger.on('message', () => written++)

const currentUser = createMiddleware<Env>(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  logger.postMessage('admin authenticated')
  await next()
})

app.post('/notify/', currentUser, async (c) => {
  logger.postMessage(`Notification sent to ${c.var.user.username}`)
  // Whatever this handler does for its client.
  await sleep(80)
  return c.json({ status: 'Notification scheduled' })
})

export default app
