import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

function sendEmail(email: string, subject: string, _body: string) {
  setTimeout(() => {
    const line = `Sent email to ${email}: ${subject}`
    console.log(line)
    void appendFile('log.txt', `${line}\n`)
  }, 5000)
}

// Stands for a slow mail server. A timer leaves the event loop free meanwhile.
async function deliver(_mail: { to: string; subject: string; body: string }) {
  await sleep(5000)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(sendEmail, email, 'Welcome!', 'Good to have you with us.')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
