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

// Stands for a look into the database, which the reply does depend on.
async function isTaken(_email: string): Promise<boolean> {
  await sleep(100)
  return false
}

app.post('/signup/', async (c) => {
  const email = c.req.query('email') ?? ''
  if (await isTaken(email)) return c.json({ error: 'There is such an account' }, 409)
  console.log('new account for', email)
  c.var.backgroundTasks.addTask(sendWelcomeEmail, email)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
