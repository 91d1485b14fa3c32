import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const outbox: string[] = []

async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

const poll = setInterval(() => {
  for (const email of outbox.splice(0)) sendWelcomeEmail(email).catch(console.error)
}, 250)
// The server keeps the process up; the poller alone should not.
poll.unref()

const app = new Hono()

app.post('/signup/', (c) => {
  outbox.push(c.req.query('email') ?? '')
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
