import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const articles: string[] = []
const stats = { articles: 0 }

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

async function afterPublishing(title: string, mail?: string) {
  await writeLog(`Published ${title}`)
  stats.articles = articles.length
  await writeLog('Cache refreshed')
  await notifySubscribers(title, mail).catch((error: Error) => writeLog('Notify failed: ' + error.message))
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  c.var.backgroundTasks.addTask(afterPublishing, title, c.req.query('mail'))
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
