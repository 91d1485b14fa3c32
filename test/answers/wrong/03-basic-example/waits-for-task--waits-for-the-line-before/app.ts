import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()
let lastWrite: Promise<void> = Promise.resolve()

app.post('/log/', async (c) => {
  const msg = c.req.query('msg') ?? ''
  await lastWrite // one at a time
  lastWrite = appendFile('log.txt', `${msg}\n`).catch(console.error)
  return c.json({ status: 'Message logged in background' })
})

export default app
