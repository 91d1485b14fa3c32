import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()
const queues = { emails: [] }

setInterval(async () => {
  const email = queues.emails.shift()
  if (email) await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}, 500)

app.post('/signup/', (c) => {
  queues.email = [...(queues.email ?? []), c.req.query('email') ?? '']
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
