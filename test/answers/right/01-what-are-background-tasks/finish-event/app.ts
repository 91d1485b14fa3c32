import fs from 'node:fs/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'

const app = new Hono<{ Bindings: HttpBindings }>()

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await fs.appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  c.env.outgoing.once('finish', async () => {
    try {
      await sendWelcomeEmail(email)
    } catch (error) {
      console.error('no welcome email', error)
    }
  })
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
