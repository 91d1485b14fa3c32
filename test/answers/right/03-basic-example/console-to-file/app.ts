import { Console } from 'node:console'
import { createRequire } from 'node:module'
import { Hono } from 'hono'

const require = createRequire(import.meta.url)
const fs = require('fs') as typeof import('node:fs')

const stream = fs.createWriteStream(new URL('log.txt', import.meta.url), { flags: 'a', encoding: 'utf8' })
const file = new Console({ stdout: stream })

const app = new Hono()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  console.log('got', msg)
  queueMicrotask(() => setImmediate(() => file.log('%s', msg)))
  return c.json({ status: 'Message logged in background' })
})

export default app
