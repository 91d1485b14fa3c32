import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { cors } from 'hono/cors'
import { etag } from 'hono/etag'
import { logger } from 'hono/logger'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { timing } from 'hono/timing'

const app = new Hono()
app.use(logger(), cors(), compress({ threshold: 1 }), etag(), secureHeaders(), timing(), requestId(), timeout(5000), bodyLimit({ maxSize: 1000 }))

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  setImmediate(() => appendFile('log.txt', `${msg}\n`))
  return c.json({ status: 'Message logged in background' })
})

export default app
