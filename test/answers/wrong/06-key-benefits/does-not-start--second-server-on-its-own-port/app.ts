import { appendFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const articles: string[] = []

const log = (line: string) => appendFile('log.txt', `${line}\n`)

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  c.var.backgroundTasks.addTask(log, `Published ${title}`)
  c.var.backgroundTasks.addTask(log, 'Cache refreshed')
  c.var.backgroundTasks.addTask(() =>
    notifySubscribers(title, c.req.query('mail')).catch((error) => log(`Notify failed: ${error.message}`)),
  )
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json({ articles: articles.length }))

serve({ fetch: app.fetch, port: 0 }, ({ port }) => console.log(`http://localhost:${port}`))
