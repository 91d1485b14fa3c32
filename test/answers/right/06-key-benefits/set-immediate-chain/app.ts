import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono()
const articles: string[] = []
let stats = { articles: 0 }

function writeLog(line: string) {
  return appendFile('log.txt', `${line}\n`)
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  const mail = c.req.query('mail')
  setImmediate(() => {
    writeLog(`Published ${title}`)
      .then(() => {
        stats = { articles: articles.length }
        return writeLog('Cache refreshed')
      })
      .then(() => notifySubscribers(title, mail))
      .catch((error) => writeLog(`Notify failed: ${error}`))
  })
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
