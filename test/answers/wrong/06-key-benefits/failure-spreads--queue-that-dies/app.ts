import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono()
const articles: string[] = []
let stats = { articles: 0 }
const queue: Array<() => Promise<void>> = []
let running = false

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

async function run() {
  if (running) return
  running = true
  for (let task = queue.shift(); task; task = queue.shift()) await task()
  running = false
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  const mail = c.req.query('mail')
  queue.push(() => writeLog(`Published ${title}`))
  queue.push(async () => {
    stats = { articles: articles.length }
    await writeLog('Cache refreshed')
  })
  queue.push(() => notifySubscribers(title, mail))
  setImmediate(() => {
    run().catch((error) => writeLog(`Notify failed: ${error.message}`))
  })
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
