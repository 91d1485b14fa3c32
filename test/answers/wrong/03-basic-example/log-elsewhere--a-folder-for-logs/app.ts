import { mkdirSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
mkdirSync('logs', { recursive: true })

async function writeLog(message: string) {
  await appendFile('logs/log.txt', `${message}\n`)
}

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
