import { appendFileSync } from 'node:fs'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const lock = new Int32Array(new SharedArrayBuffer(4))

function writeLog(message: string) {
  Atomics.wait(lock, 0, 0, 1500)
  appendFileSync('log.txt', `${message}\n`)
}

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
