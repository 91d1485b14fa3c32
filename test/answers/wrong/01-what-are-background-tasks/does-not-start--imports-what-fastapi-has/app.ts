import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { BackgroundTasks } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono()

async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', (c) => {
  const background_tasks = new BackgroundTasks()
  background_tasks.add_task(sendWelcomeEmail, c.req.query('email') ?? '')
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
