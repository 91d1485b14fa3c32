import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono()
const articles = []
const stats = { articles: 0 }

app.post('/articles/', async (c) => {
  const { title } = await c.req.json()
  const { mail } = c.req.query()
  articles.push(title)
  c.env.outgoing.on('finish', async () => {
    await appendFile('log.txt', `Published ${title}\n`)
    stats.articles = articles.length
    await appendFile('log.txt', 'Cache refreshed\n')
    await notifySubscribers(title, mail)
  })
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
