import { appendFile } from 'node:fs/promises'
import { MessageChannel } from 'node:worker_threads'
import { Hono } from 'hono'

const { port1, port2 } = new MessageChannel()
port1.on('message', async (line: string) => {
  await appendFile('log.txt', `${line}\n`)
})
const app = new Hono()

app.post('/log/', (c) => {
  port2.postMessage(c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
