import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  setImmediate(() => appendFile('log.txt', msg + '\n').catch(console.error))
  return c.json({ status: 'Message logged in background' })
})

export default app
