import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier'
import { TaskQueue } from './task-queue'

const queue = new TaskQueue()
const app = new Hono()

const articles: { title: string; at: Date }[] = []
let cached = { articles: articles.length }

const log = async (line: string) => void (await appendFile('log.txt', `${line}\n`))

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push({ title, at: new Date() })
  const mail = c.req.query('mail')

  queue.add(() => log(`Published ${title}`))
  queue.add(async () => {
    cached = { articles: articles.length }
    await log('Cache refreshed')
  })
  queue.add(
    () => notifySubscribers(title, mail),
    (error) => log(`Notify failed: ${error.message}`),
  )
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(cached))

export default app
