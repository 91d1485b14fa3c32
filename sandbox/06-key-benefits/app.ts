import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const articles: string[] = []
let stats = { articles: 0 } // a cache: GET /stats answers from it

async function writeLog(line: string) {
  await appendFile('log.txt', `${line}\n`)
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  // TODO: make these three tasks that run in this order after the reply.
  await writeLog(`Published ${title}`)
  // TODO: before its line, the second sets the cache: { articles: articles.length }
  await writeLog('Cache refreshed')
  // TODO: the third may throw. Log `Notify failed: ` and the error's message then.
  await notifySubscribers(title, c.req.query('mail'))
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
