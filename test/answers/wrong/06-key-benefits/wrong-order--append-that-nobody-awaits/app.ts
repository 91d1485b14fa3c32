import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const articles: string[] = []
let stats = { articles: 0 } // a cache: GET /stats answers from it

async function writeLog(line: string) {
  void appendFile('log.txt', `${line}\n`)
}

async function refreshCache() {
  stats = { articles: articles.length }
  await writeLog('Cache refreshed')
}

async function notify(title: string, mail?: string) {
  try {
    await notifySubscribers(title, mail)
  } catch (error) {
    await writeLog(`Notify failed: ${error instanceof Error ? error.message : error}`)
  }
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  const tasks = c.var.backgroundTasks
  tasks.addTask(writeLog, `Published ${title}`)
  tasks.addTask(refreshCache)
  tasks.addTask(notify, title, c.req.query('mail'))
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
