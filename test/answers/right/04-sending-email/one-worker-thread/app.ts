import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'
const worker = new Worker(`
const { parentPort } = require('node:worker_threads')
const fs = require('node:fs')
parentPort.on('message', ({ email, subject }) => setTimeout(() => {
  const line = 'Sent email to ' + email + ': ' + subject
  console.log(line)
  fs.appendFileSync('log.txt', line + '\\n')
}, 5000))
`, { eval: true })
worker.unref()
const app = new Hono()
app.post('/send-mail/', async (c) => {
  const email = c.req.query('email') ?? ''
  worker.postMessage({ email, subject: 'Welcome!', body: 'x' })
  return c.json({ status: `Email to ${email} is being sent in background` })
})
export default app
