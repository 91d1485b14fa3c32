import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const articles: string[] = []
let stats = { articles: 0 }

async function writeLog(line: string) {
  await appendFile('log.txt', `${line}\n`)
}

async function refresh() {
  stats = { articles: articles.length }
  await writeLog('Cache refreshed')
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  if (c.req.query('mail') === 'down') {
    c.var.backgroundTasks.addTask(writeLog, 'Notify failed: the mail server does not answer')
    return c.json({ error: 'Try again later' }, 503)
  }
  articles.push(title)
  c.var.backgroundTasks.addTask(writeLog, `Published ${title}`)
  c.var.backgroundTasks.addTask(refresh)
  c.var.backgroundTasks.addTask(notifySubscribers, title)
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
