import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()

async function sendEmail(email: string, subject: string, body: string) {
  await sleep(5000)
  const line = `Sent email to ${email}: ${subject}`
  console.log(line)
  await appendFile('log.txt', `${line}\n`)
}

// Does the domain have a mail server at all?
async function canReceive(email: string) {
  await sleep(120)
  return email.includes('@')
}

app.post('/send-mail/', async (c) => {
  const email = c.req.query('email') ?? ''
  if (!(await canReceive(email))) console.warn(`${email} does not look like an address`)
  void sendEmail(email, 'Welcome!', 'So good to see you.').catch(console.error)
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
