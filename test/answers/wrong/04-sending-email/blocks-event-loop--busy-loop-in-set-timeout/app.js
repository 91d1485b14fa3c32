import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

async function sendEmail(email, subject, body) {
  const start = Date.now()
  while (Date.now() - start < 5000) {
    // waiting for the mail server
  }
  console.log(`Sent email to ${email}: ${subject}`)
  await appendFile('log.txt', `Sent email to ${email}: ${subject}\n`)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  setTimeout(() => void sendEmail(email, 'Welcome!', ''), 0)
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
