import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

interface Mail {
  email: string
  subject: string
  body: string
  due: number
}

let outbox: Mail[] = []

function sendEmail(email: string, subject: string, body: string) {
  outbox.push({ email, subject, body, due: performance.now() + 5000 })
}

setInterval(() => {
  const now = performance.now()
  const ready = outbox.filter((mail) => mail.due <= now)
  if (ready.length === 0) return
  outbox = outbox.filter((mail) => mail.due > now)
  const lines = ready.map(({ email, subject }) => `Sent email to ${email}: ${subject}\n`)
  for (const line of lines) process.stderr.write(line)
  appendFile('log.txt', lines.join('')).catch(console.error)
}, 100)

const app = new Hono()

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  sendEmail(email, 'Welcome!', 'Welcome aboard!')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
