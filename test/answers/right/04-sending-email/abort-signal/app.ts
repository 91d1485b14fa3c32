import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'

type Env = { Bindings: HttpBindings }

const log = createWriteStream('log.txt', { flags: 'a' })

async function sendEmail(email: string, subject: string, body: string): Promise<void> {
  // Stands for a mail server that is given up after five seconds.
  const signal = AbortSignal.timeout(5000)
  await once(signal, 'abort')
  const line = `Sent email to ${email}: ${subject}`
  process.stdout.write(`${line}\n`)
  log.write(`${line}\n`)
}

const app = new Hono<Env>()

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  c.env.outgoing.once('finish', () => void sendEmail(email, 'Welcome!', 'Hi!').catch(console.error))
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
