import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000))

async function sendEmail(email: string, subject: string, _body: string) {
  const line = `Sent email to ${email}: ${subject}`
  console.log(line)
  await appendFile('log.txt', `${line}\n`)
}

app.post('/send-mail/', async (c) => {
  const email = c.req.query('email') ?? ''
  await wait(5)
  c.var.backgroundTasks.addTask(sendEmail, email, 'Welcome!', 'Hello.')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
