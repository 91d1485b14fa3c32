import { fork } from 'node:child_process'
import { Hono } from 'hono'

const writer = fork(new URL('./writer.js', import.meta.url))

const app = new Hono()

app.post('/log/', (c) => {
  const message = c.req.query('msg') ?? ''
  setImmediate(() => writer.send({ message }))
  return c.json({ status: 'Message logged in background' })
})

export default app
