import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function sendEmail(email: string, subject: string, body: string) {
  const line = `Sent email to ${email}: ${subject}`
  await sleep(5000)
  console.log(line)
  for (let attempt = 1; attempt <= 3; attempt++) {
    try {
      await appendFile('log.txt', `${line}\n`)
    } catch (error) {
      console.error(`Attempt ${attempt} failed`, error)
    }
  }
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(sendEmail, email, 'Welcome!', 'Hey')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
