import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function sendEmail(email: string, subject: string, body: string) {
  await sleep(5000)
  const line = `Sent email to ${email}: ${subject}`
  console.log(line)
  appendFileSync('mail.log', `${line}\n`)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(sendEmail, email, 'Welcome!', 'Yours, the team')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
