import { exec } from 'node:child_process'
import { appendFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const sh = promisify(exec)
const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function sendEmail(email: string, subject: string, body: string) {
  const line = `Sent email to ${email}: ${subject}`
  console.log(line)
  await appendFile('log.txt', `${line}\n`)
}

app.post('/send-mail/', async (c) => {
  const email = c.req.query('email') ?? ''
  await sh('sleep 5')
  c.var.backgroundTasks.addTask(sendEmail, email, 'Welcome!', '…')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
