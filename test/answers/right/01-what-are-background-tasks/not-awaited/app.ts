import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()

async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  void sendWelcomeEmail(email).catch((error: unknown) => console.error(error))
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
