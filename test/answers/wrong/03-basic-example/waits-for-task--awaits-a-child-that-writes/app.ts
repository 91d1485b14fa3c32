import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Hono } from 'hono'

const app = new Hono()
const script = `require('node:fs').appendFileSync('log.txt', process.argv[1] + '\\n')`

app.post('/log/', async (c) => {
  const child = spawn(process.execPath, ['-e', script, c.req.query('msg') ?? ''])
  await once(child, 'exit')
  return c.json({ status: 'Message logged in background' })
})

export default app
