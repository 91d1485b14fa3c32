import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const articles: string[] = []
let stats = { articles: 0 }

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

async function refreshCache() {
  stats = { articles: articles.length }
  await writeLog('Cache refreshed')
}

async function afterwards(title: string, mail?: string) {
  const results = await Promise.allSettled([
    writeLog(`Published ${title}`),
    refreshCache(),
    notifySubscribers(title, mail),
  ])
  for (const result of results) {
    if (result.status === 'rejected') await writeLog(`Notify failed: ${result.reason.message}`)
  }
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  c.var.backgroundTasks.addTask(afterwards, title, c.req.query('mail'))
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
