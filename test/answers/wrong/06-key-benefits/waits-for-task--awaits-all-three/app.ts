import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono()
const articles: string[] = []
let stats = { articles: 0 }

async function writeLog(line: string) {
  await appendFile('log.txt', `${line}\n`)
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  await writeLog(`Published ${title}`)
  stats = { articles: articles.length }
  await writeLog('Cache refreshed')
  try {
    await notifySubscribers(title, c.req.query('mail'))
  } catch (error) {
    await writeLog(`Notify failed: ${(error as Error).message}`)
  }
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
