import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'

const writer = new Worker(new URL('./writer.js', import.meta.url))
const taken = new Map<number, () => void>()
writer.on('message', (id: number) => taken.get(id)?.())
let lastId = 0

const app = new Hono()

app.post('/log/', async (c) => {
  const id = ++lastId
  writer.postMessage({ id, line: c.req.query('msg') ?? '' })
  await new Promise<void>((resolve) => taken.set(id, resolve))
  return c.json({ status: 'Message logged in background' })
})

export default app
