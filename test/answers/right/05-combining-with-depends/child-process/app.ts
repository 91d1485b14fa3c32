import { fork, type ChildProcess } from 'node:child_process'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

const writer: ChildProcess = fork('writer.js')
writer.unref()
writer.channel?.unref()

const app = new Hono<{ Variables: { user: { username: string } } }>()

const currentUser = createMiddleware(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  writer.send('admin authenticated')
  await next()
})

app.post('/notify/', currentUser, (c) => {
  writer.send(`Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
