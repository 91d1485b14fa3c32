import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()

async function sendEmail(email: string, subject: string, body: string) {
  await sleep(5000)
  const line = `Sent email to ${email}: ${subject}`
  console.log(line)
  await appendFile('log.txt', line + '\n')
}

app.post('/send-mail/', async (c) => {
  const email = c.req.query('email') ?? ''
  setImmediate(async () => {
    try {
      await sendEmail(email, 'Welcome!', 'We are glad that you are here.')
    } catch (error) {
      console.error(error)
    }
  })
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
