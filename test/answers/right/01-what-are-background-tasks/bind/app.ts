import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

// Ready-made, and slow: nothing to change here.
async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(sendWelcomeEmail.bind(null, email))
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
