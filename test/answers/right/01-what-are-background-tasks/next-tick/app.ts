import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()

async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', async (c) => {
  const email = c.req.query('email') ?? ''
  process.nextTick(async () => {
    await sendWelcomeEmail(email)
  })
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
