import { appendFileSync } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  process.nextTick(() => appendFileSync('log.txt', `${msg}\n`))
  return c.json({ status: 'Message logged in background' })
})

export default app
