import { createWriteStream } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

app.post('/log/', (c) => {
  const log = createWriteStream('./logs/log.txt', { flags: 'a' })
  log.end((c.req.query('msg') ?? '') + '\n')
  return c.json({ status: 'Message logged in background' })
})

export default app
