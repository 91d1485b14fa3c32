import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'

const app = new Hono()

function sendWelcomeEmail(email: string) {
  const mailer = new Worker(new URL('./mailer.js', import.meta.url), { workerData: email })
  mailer.on('message', (word) => console.log(email, word))
  mailer.on('error', console.error)
}

app.post('/signup/', async (c) => {
  const email = c.req.query('email') ?? ''
  sendWelcomeEmail(email)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
