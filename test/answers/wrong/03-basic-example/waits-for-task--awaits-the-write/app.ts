import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

app.post('/log/', async (c) => {
  const msg = c.req.query('msg') ?? ''
  await appendFile('log.txt', msg + '\n')
  return c.json({ status: 'Message logged in background' })
})

export default app
