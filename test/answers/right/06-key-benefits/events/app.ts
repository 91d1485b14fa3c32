import { EventEmitter, once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const log = createWriteStream('log.txt', { flags: 'a' })
await once(log, 'open')

const writeLog = (line: string) =>
  new Promise<void>((resolve, reject) => log.write(`${line}\n`, (error) => (error ? reject(error) : resolve())))

const articles: string[] = []
let stats = { articles: 0 }

interface Events {
  published: [title: string, mail?: string]
  logged: [title: string, mail?: string]
  refreshed: [title: string, mail?: string]
}
const events = new EventEmitter<Events>()

events.on('published', async (title, mail) => {
  await writeLog(`Published ${title}`)
  events.emit('logged', title, mail)
})
events.on('logged', async (title, mail) => {
  stats = { ...stats, articles: articles.length }
  await writeLog('Cache refreshed')
  events.emit('refreshed', title, mail)
})
events.on('refreshed', async (title, mail) => {
  try {
    await notifySubscribers(title, mail)
  } catch (error) {
    await writeLog(`Notify failed: ${(error as Error).message}`)
  }
})

const app = new Hono()

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  setTimeout(() => events.emit('published', title, c.req.query('mail')), 1)
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
