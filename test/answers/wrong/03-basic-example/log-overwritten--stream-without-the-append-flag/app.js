import { createWriteStream } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()
const log = createWriteStream('log.txt', { encoding: 'utf8' })

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  setImmediate(() => log.write(msg + '\n'))
  return c.json({ status: 'Message logged in background' })
})

export default app
