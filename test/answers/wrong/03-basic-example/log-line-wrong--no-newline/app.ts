import { appendFileSync } from 'node:fs'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

function write_log(message: string) {
  appendFileSync('log.txt', message)
}

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(write_log, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
