import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function writeLog(message: string) {
  await sleep(10)
  appendFileSync('log.txt', `${message}\n`)
}

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
