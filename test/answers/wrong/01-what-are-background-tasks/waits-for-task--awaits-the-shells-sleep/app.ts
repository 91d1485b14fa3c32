import { exec } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { Hono } from 'hono'

const run = promisify(exec)
const app = new Hono()

app.post('/signup/', async (c) => {
  const email = c.req.query('email') ?? ''
  await run('sleep 2') // the mail server
  appendFile('log.txt', `Welcome email sent to ${email}\n`).catch(console.error)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
