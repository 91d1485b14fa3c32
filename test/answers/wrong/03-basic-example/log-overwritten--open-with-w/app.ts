import { open } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function write_log(message: string) {
  const log = await open('log.txt', 'w')
  try {
    await log.write(message + '\n')
  } finally {
    await log.close()
  }
}

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask(write_log, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
