import { createWriteStream } from 'node:fs'
import { Hono } from 'hono'

const log = createWriteStream('log.txt', { flags: 'a' })
process.once('beforeExit', () => {
  console.log('bye')
  log.end()
})

const app = new Hono()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  setImmediate(() => log.write(`${msg}\n`))
  return c.json({ status: 'Message logged in background' })
})

export default app
