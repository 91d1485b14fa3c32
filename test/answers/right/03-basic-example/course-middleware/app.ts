import * as fs from 'node:fs'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const writeLog = (message: string): void => {
  fs.appendFileSync('log.txt', message + '\n', 'utf8')
}

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
