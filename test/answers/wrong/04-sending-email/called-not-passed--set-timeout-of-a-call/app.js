import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

async function sendEmail(email, subject, body) {
  console.log(`Sent email to ${email}: ${subject}`)
  await appendFile('log.txt', `Sent email to ${email}: ${subject}\n`)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  setTimeout(sendEmail(email, 'Welcome!', ''), 5000)
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
