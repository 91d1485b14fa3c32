import fs from 'node:fs'
import { scheduler } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const sendEmail = async (email: string, subject: string, _body: string) => {
  await scheduler.wait(5_000)
  const message = `Sent email to ${email}: ${subject}`
  console.info(message)
  fs.appendFileSync('log.txt', message + '\n')
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(sendEmail, email, 'Welcome!', 'Hello and welcome.')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
