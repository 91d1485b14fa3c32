import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const outbox: { email: string; attempts: number }[] = []

async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

// The worker: looks ten times a second whether there is something to send.
setInterval(() => {
  const mail = outbox.shift()
  if (!mail) return
  mail.attempts++
  sendWelcomeEmail(mail.email).catch(() => {
    if (mail.attempts < 3) outbox.push(mail)
  })
}, 100)

const app = new Hono()

app.post('/signup/', (c) => {
  outbox.push({ email: c.req.query('email') ?? '', attempts: 0 })
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
