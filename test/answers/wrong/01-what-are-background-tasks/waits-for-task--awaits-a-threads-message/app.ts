import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'

const app = new Hono()

async function sendWelcomeEmail(email: string) {
  const mailer = new Worker(new URL('./mailer.js', import.meta.url), { workerData: email })
  await once(mailer, 'message')
}

app.post('/signup/', async (c) => {
  const email = c.req.query('email') ?? ''
  await sendWelcomeEmail(email)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
