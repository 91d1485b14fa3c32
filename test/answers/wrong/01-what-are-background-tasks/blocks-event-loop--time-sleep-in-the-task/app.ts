import { appendFileSync } from 'node:fs'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

// import time
const time = {
  sleep(seconds: number) {
    const until = performance.now() + seconds * 1000
    while (performance.now() < until);
  },
}

function send_welcome_email(email: string) {
  time.sleep(2)
  appendFileSync('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  c.var.backgroundTasks.addTask(send_welcome_email, email)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
