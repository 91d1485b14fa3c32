import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>().use(backgroundTasks())

const sendWelcomeEmail = async (email: string) => {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', async ({ req, var: { backgroundTasks: tasks }, json }) => {
  tasks.addTask(sendWelcomeEmail, req.query('email') ?? '')
  return json({ status: 'Welcome aboard' }, 201)
})

export default app
