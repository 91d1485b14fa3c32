import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { writeLog } from './write-log.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
