import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
let lastMail: Promise<unknown> = Promise.resolve()

function sendEmail(email: string, subject: string, body: string) {
  lastMail = lastMail.then(async () => {
    await sleep(5000)
    const line = `Sent email to ${email}: ${subject}`
    console.log(line)
    await appendFile('log.txt', line + '\n')
  })
  return lastMail
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(sendEmail, email, 'Welcome!', 'A body')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
