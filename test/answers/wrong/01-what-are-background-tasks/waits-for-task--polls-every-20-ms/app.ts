import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()

async function mailServerIsReady() {
  const readyAt = performance.now() + 2000
  while (performance.now() < readyAt) await sleep(20)
}

app.post('/signup/', async (c) => {
  const email = c.req.query('email') ?? ''
  await mailServerIsReady()
  void appendFile('log.txt', `Welcome email sent to ${email}\n`).catch(console.error)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
