import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'

const app = new Hono()

const articles: string[] = []
let stats = { articles: 0 }

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  const publisher = new Worker('./publisher.mjs', { workerData: { title, mail: c.req.query('mail') } })
  publisher.on('message', () => (stats = { articles: articles.length }))
  publisher.on('error', console.error)
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
