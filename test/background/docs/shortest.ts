import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function writeLog(message: string): Promise<void> {
  await appendFile('log.txt', `${message}\n`)
}

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
