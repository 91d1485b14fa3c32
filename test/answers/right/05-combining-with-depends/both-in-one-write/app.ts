import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Variables = { username: string; lines: string[] }

const app = new Hono<{ Variables: Variables }>()

const currentUser = createMiddleware<{ Variables: Variables }>(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('username', 'admin')
  c.set('lines', [`${c.var.username} authenticated`])
  await next()
  const { lines } = c.var
  setTimeout(() => {
    appendFile('log.txt', lines.map((line) => line + '\n').join('')).catch(console.error)
  }, 0)
})

app.post('/notify/', currentUser, (c) => {
  c.var.lines.push(`Notification sent to ${c.var.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
