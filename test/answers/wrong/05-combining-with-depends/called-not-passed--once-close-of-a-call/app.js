import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

async function writeLog(...lines) {
  for (const line of lines) await appendFile('log.txt', line + '\n')
}

app.post('/notify/', (c) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.env.outgoing.once('close', writeLog('admin authenticated', 'Notification sent to admin'))
  return c.json({ status: 'Notification scheduled' })
})

export default app
