import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

const write = (line) => appendFile('log.txt', `${line}\n`).catch(console.error)

app.post('/notify/', (c) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  setTimeout(write, 100, 'admin authenticated')
  setTimeout(write, 600, 'Notification sent to admin')
  return c.json({ status: 'Notification scheduled' })
})

export default app
