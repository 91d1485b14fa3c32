import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { stream } from 'hono/streaming'
async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}
const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
app.post('/signup/', (c) => {
  c.var.backgroundTasks.addTask(sendWelcomeEmail, c.req.query('email') ?? '')
  c.status(201)
  c.header('content-type', 'application/json')
  return stream(c, async (s) => {
    await s.write('{"status":')
    await s.sleep(300)
    await s.write('"Welcome aboard"}')
  })
})
export default app
