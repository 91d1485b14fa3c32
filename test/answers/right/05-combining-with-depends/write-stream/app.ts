import { createWriteStream } from 'node:fs'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'

enum Status {
  Ok = 200,
  Unauthorised = 401,
}

const log = createWriteStream('log.txt', { flags: 'a' })

const app = new Hono<{ Bindings: HttpBindings; Variables: { user: { username: string } } }>()

app.use('/notify/*', async function currentUser(c, next) {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, Status.Unauthorised)
  const user = { username: 'admin' }
  c.set('user', user)
  c.env.outgoing.on('finish', () => log.write(`${user.username} authenticated\n`))
  await next()
})

app.post('/notify/', function notify(c) {
  const { username } = c.var.user
  c.env.outgoing.on('finish', () => log.write(`Notification sent to ${username}\n`))
  return c.json({ status: 'Notification scheduled' }, Status.Ok)
})

export default app
