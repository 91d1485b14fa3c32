import { execSync } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  execSync('sleep 2') // the mail server
  c.var.backgroundTasks.addTask(appendFile, 'log.txt', `Welcome email sent to ${email}\n`)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
