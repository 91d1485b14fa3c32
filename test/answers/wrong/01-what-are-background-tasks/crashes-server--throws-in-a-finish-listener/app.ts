import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono<{ Bindings: HttpBindings }>()

async function sendWelcomeEmail(user: { email: string }) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${user.email.toString()}\n`)
}

app.post('/signup/', (c) => {
  const { email } = c.req.query()
  c.env.outgoing.once('finish', () => {
    // @ts-ignore
    sendWelcomeEmail(email)
  })
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
