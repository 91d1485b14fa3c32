import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()

const connectToMailServer = () => sleep(2000)
const deliver = (email: string) => appendFile('log.txt', `Welcome email sent to ${email}\n`)

app.post('/signup/', async (c) => {
  const email = c.req.query('email') ?? ''
  await connectToMailServer()
  deliver(email).catch(console.error)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
