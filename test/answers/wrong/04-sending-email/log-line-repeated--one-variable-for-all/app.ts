import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

const mail = { to: '', subject: 'Welcome!', body: '' }

async function sendEmail() {
  await sleep(5000)
  const line = `Sent email to ${mail.to}: ${mail.subject}`
  console.log(line)
  await appendFile('log.txt', `${line}\n`)
}

app.post('/send-mail/', (c) => {
  mail.to = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(sendEmail)
  return c.json({ status: `Email to ${mail.to} is being sent in background` })
})

export default app
