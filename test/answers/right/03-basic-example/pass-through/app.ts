import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { Hono } from 'hono'

const handle = await open(import.meta.dirname + '/log.txt', 'a')
const lines = new PassThrough()
lines.pipe(handle.createWriteStream())

const app = new Hono()

app.on('POST', ['/log', '/log/'], (c) => {
  const msg = new URL(c.req.url).searchParams.get('msg') ?? ''
  setImmediate(() => lines.write(`${msg}\n`))
  return c.body('{"status": "Message logged in background"}')
})

export default app
