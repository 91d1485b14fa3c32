import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'

const app = new Hono()
const logger = new Worker(
  `const { parentPort } = require('node:worker_threads')
   const { appendFileSync } = require('node:fs')
   parentPort.on('message', ({ id, msg }) => {
     appendFileSync('log.txt', msg + '\\n')
     parentPort.postMessage(id)
   })`,
  { eval: true },
)
logger.setMaxListeners(0)
let lastId = 0

app.post('/log/', async (c) => {
  const id = ++lastId
  logger.postMessage({ id, msg: c.req.query('msg') ?? '' })
  for (;;) {
    const [done] = await once(logger, 'message')
    if (done >= id) break
  }
  return c.json({ status: 'Message logged in background' })
})

export default app
