import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { stream } from 'hono/streaming'

const app = new Hono()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  c.header('Content-Type', 'application/json')
  return stream(c, async (body) => {
    await body.write(JSON.stringify({ status: 'Message logged in background' }))
    // the client has it all now
    await appendFile('log.txt', `${msg}\n`)
  })
})

export default app
