import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono()
const articles: string[] = []
let stats = { articles: 0 }

async function writeLog(line: string) {
  await appendFile('log.txt', `${line}\n`)
}

async function refreshCache() {
  stats = { articles: articles.length }
  await writeLog('Cache refreshed')
}

async function runAll(title: string, mail: string | undefined) {
  await writeLog(`Published ${title}`)
  await refreshCache()
  try {
    await notifySubscribers(title, mail)
  } catch (error) {
    await writeLog(`Notify failed: ${(error as Error).message}`)
  }
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  runAll(title, c.req.query('mail')).catch(console.error)
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
