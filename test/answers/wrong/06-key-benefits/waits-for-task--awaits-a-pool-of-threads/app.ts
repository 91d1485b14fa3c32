import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'
import { writeLog } from './pool.ts'

const app = new Hono()

const articles: string[] = []
let stats = { articles: 0 }

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  await writeLog(`Published ${title}`)
  stats = { articles: articles.length }
  await writeLog('Cache refreshed')
  notifySubscribers(title, c.req.query('mail')).catch((error) => writeLog(`Notify failed: ${error.message}`))
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
