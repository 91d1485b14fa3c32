import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'
process.on('unhandledRejection', (reason) => void writeLog(`Notify failed: ${(reason as Error).message}`))
const app = new Hono()
const articles: string[] = []
const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)
app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  setImmediate(async () => {
    await writeLog(`Published ${title}`)
    await writeLog('Cache refreshed')
    await notifySubscribers(title, c.req.query('mail'))
  })
  return c.json({ title }, 201)
})
app.get('/stats', (c) => c.json({ articles: articles.length }))
export default app
