import { appendFile } from 'node:fs/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<{ Bindings: HttpBindings }>()
const articles: string[] = []
let stats = { articles: 0 }

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  await new Promise((resolve) => c.env.outgoing.on('close', resolve))
  await appendFile('log.txt', `Published ${title}\n`)
  stats = { articles: articles.length }
  await appendFile('log.txt', 'Cache refreshed\n')
  await notifySubscribers(title, c.req.query('mail')).catch(console.error)
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
