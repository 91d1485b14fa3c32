import { appendFileSync } from 'node:fs'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

function writeLog(message: string, level = 'INFO') {
  appendFileSync('log.txt', `${new Date(0).toISOString()} ${level} ${message}\n`)
}

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
