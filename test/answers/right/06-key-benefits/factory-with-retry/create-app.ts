import { open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

export function createApp() {
  const articles: string[] = []
  const stats = { articles: 0 }

  async function writeLog(line: string) {
    const file = await open('log.txt', 'a')
    try {
      await file.writeFile(`${line}\n`)
      await file.datasync()
    } finally {
      await file.close()
    }
  }

  async function refreshCache() {
    stats.articles = articles.length
    await writeLog('Cache refreshed')
  }

  async function notifyWithRetry(title: string, mail: string | undefined, attempts = 2) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await notifySubscribers(title, mail)
      } catch (error) {
        console.warn(`attempt ${attempt} failed`)
        if (attempt === attempts) return writeLog(`Notify failed: ${(error as Error).message}`)
        await sleep(100 * attempt)
      }
    }
  }

  const app = new Hono<BackgroundTasksEnv>()
  app.use(backgroundTasks())
  app.post('/articles/', async (c) => {
    const { title } = await c.req.json<{ title: string }>()
    articles.push(title)
    c.var.backgroundTasks.addTask(writeLog, `Published ${title}`)
    c.var.backgroundTasks.addTask(refreshCache)
    c.var.backgroundTasks.addTask(notifyWithRetry, title, c.req.query('mail'))
    return c.json({ title }, 201)
  })
  app.get('/stats', (c) => c.json(stats))
  return app
}
