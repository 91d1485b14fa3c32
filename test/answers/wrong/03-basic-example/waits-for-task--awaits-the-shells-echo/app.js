import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Hono } from 'hono'

const run = promisify(execFile)
const app = new Hono()

app.post('/log/', async (c) => {
  const msg = c.req.query('msg') ?? ''
  await run('sh', ['-c', 'printf "%s\\n" "$1" >> log.txt', 'sh', msg])
  return c.json({ status: 'Message logged in background' })
})

export default app
