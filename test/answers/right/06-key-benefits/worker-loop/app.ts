import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

type Job = { kind: 'published'; title: string } | { kind: 'refresh' } | { kind: 'notify'; title: string; mail?: string }

const jobs: Job[] = []
const articles: string[] = []
let stats = { articles: 0 }

const writeLog = (line: string) => appendFile('log.txt', `${line}\n`)

async function perform(job: Job): Promise<void> {
  switch (job.kind) {
    case 'published':
      return writeLog(`Published ${job.title}`)
    case 'refresh':
      stats = { articles: articles.length }
      return writeLog('Cache refreshed')
    case 'notify':
      try {
        return await notifySubscribers(job.title, job.mail)
      } catch (error) {
        return writeLog(`Notify failed: ${(error as Error).message}`)
      }
  }
}

let busy = false
setInterval(async () => {
  if (busy) return
  busy = true
  try {
    for (let job = jobs.shift(); job; job = jobs.shift()) await perform(job)
  } catch (error) {
    console.error(error)
  } finally {
    busy = false
  }
}, 50)

const app = new Hono()

app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  jobs.push({ kind: 'published', title }, { kind: 'refresh' }, { kind: 'notify', title, mail: c.req.query('mail') })
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
