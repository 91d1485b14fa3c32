import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function send_email(email: string, subject: string, body: string) {
  await sleep(5000)
  console.log(`Sent email to ${email}: ${subject}`)
  appendFileSync('log.txt', `Sent email to ${email}: ${subject}\n`)
  process.exit(0)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(send_email, email, 'Welcome!', 'Bye')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
