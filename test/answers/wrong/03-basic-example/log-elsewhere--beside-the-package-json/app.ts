import { createWriteStream } from 'node:fs'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
const log = createWriteStream(new URL('../log.txt', import.meta.url), { flags: 'a' })

app.post('/log/', (c) => {
  const line = `${c.req.query('msg') ?? ''}\n`
  c.var.backgroundTasks.addTask(() => {
    log.write(line)
  })
  return c.json({ status: 'Message logged in background' })
})

export default app
