import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'

const worker = new Worker(new URL('./writer.js', import.meta.url))
worker.on('error', (error) => console.error(error))

const app = new Hono()

app.post('/log/', (c) => {
  worker.postMessage(c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
