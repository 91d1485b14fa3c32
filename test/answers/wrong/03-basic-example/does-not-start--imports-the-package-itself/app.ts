import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function writeLog(message: string) {
  await appendFile('log.txt', `${message}\n`)
}

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  c.var.backgroundTasks.addTask(writeLog, msg)
  return c.json({ status: 'Message logged in background' })
})

export default app
