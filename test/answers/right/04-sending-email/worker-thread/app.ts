import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'

function sendEmail(email: string, subject: string, body: string) {
  const worker = new Worker('./mail-worker.js', { workerData: { email, subject, body } })
  worker.on('message', (line) => console.log(line))
  worker.on('error', (error) => console.error(error))
}

const app = new Hono()

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  setTimeout(sendEmail, 0, email, 'Welcome!', 'Nice to meet you.')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
