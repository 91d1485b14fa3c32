import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

app.post('/log/', (c) => {
  const line = `${c.req.query('msg') ?? ''}\n`
  setImmediate(() => appendFile('log.txt', line).catch(console.error))
  c.json({ status: 'Message logged in background' })
})

export default app
