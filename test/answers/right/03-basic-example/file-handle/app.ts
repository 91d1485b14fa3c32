import { type FileHandle, open } from 'node:fs/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'

const log: FileHandle = await open('log.txt', 'a')

const app = new Hono<{ Bindings: HttpBindings }>()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  c.env.outgoing.once('close', () => {
    log.appendFile(`${msg}\n`).catch(console.error)
  })
  return c.json({ status: 'Message logged in background' })
})

export default app
