import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Hono } from 'hono'

const run = promisify(execFile)
const app = new Hono()

app.post('/signup/', async (c) => {
  const email = c.req.query('email') ?? ''
  await run(process.execPath, ['mailer.mjs', email])
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
