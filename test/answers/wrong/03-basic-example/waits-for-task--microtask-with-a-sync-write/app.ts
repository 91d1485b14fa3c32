import { appendFileSync } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

app.post('/log/', async (c) => {
  const msg = c.req.query('msg') ?? ''
  queueMicrotask(() => appendFileSync('log.txt', `${msg}\n`))
  return c.json({ status: 'Message logged in background' })
})

export default app
