import { execSync } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

function send_email(email: string, subject: string, body: string) {
  execSync('sleep 5')
  console.log(`Sent email to ${email}: ${subject}`)
  appendFileSync('log.txt', `Sent email to ${email}: ${subject}\n`)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(send_email, email, 'Welcome!', 'Thanks for signing up')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
