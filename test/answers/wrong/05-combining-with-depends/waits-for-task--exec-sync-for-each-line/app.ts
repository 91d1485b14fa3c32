import { execSync } from 'node:child_process'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Env = { Variables: { user: { username: string } } }

const app = new Hono<Env>()

const currentUser = createMiddleware<Env>(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  execSync('echo admin authenticated >> log.txt')
  await next()
})

app.post('/notify/', currentUser, (c) => {
  execSync(`echo Notification sent to ${c.var.user.username} >> log.txt`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
