import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(
  backgroundTasks({
    onError: (error) => appendFile('log.txt', `Notify failed: ${(error as Error).message}\n`),
  }),
)
const articles: string[] = []
let stats = { articles: 0 }

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  c.var.backgroundTasks.addTask(notifySubscribers, title, c.req.query('mail'))
  c.var.backgroundTasks.addTask(writeLog, `Published ${title}`)
  c.var.backgroundTasks.addTask(() => {
    stats = { articles: articles.length }
    return writeLog('Cache refreshed')
  })
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
