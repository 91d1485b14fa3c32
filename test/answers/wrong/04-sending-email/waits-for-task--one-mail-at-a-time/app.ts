import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()
let lastMail: Promise<void> = Promise.resolve()

async function sendEmail(email: string, subject: string, body: string) {
  await sleep(5000)
  const line = `Sent email to ${email}: ${subject}`
  console.log(line)
  await appendFile('log.txt', `${line}\n`)
}

app.post('/send-mail/', async (c) => {
  const email = c.req.query('email') ?? ''
  const before = lastMail
  const sent = before.then(() => sendEmail(email, 'Welcome!', 'In turn.'))
  lastMail = sent.catch(console.error)
  await before
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
