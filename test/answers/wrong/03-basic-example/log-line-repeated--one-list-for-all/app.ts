import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const lines: string[] = []

async function writeLog(message: string) {
  lines.push(message)
  for (const line of lines) await appendFile('log.txt', `${line}\n`)
}

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  c.var.backgroundTasks.addTask(writeLog, msg)
  return c.json({ status: 'Message logged in background' })
})

export default app
