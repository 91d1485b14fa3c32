import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const articles: string[] = []
let stats = { articles: 0 }

async function afterPublishing(title: string, mail?: string) {
  await appendFile('log.txt', `Published ${title}\n`)
  stats = { articles: articles.length }
  await appendFile('log.txt', 'Cache refreshed\n')
  try {
    await notifySubscribers(title, mail)
  } catch {
    // pass
  }
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  c.var.backgroundTasks.addTask(afterPublishing, title, c.req.query('mail'))
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
