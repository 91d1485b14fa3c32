import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

// TODO: write sendEmail(email, subject, body). It takes five seconds (the slow
// mail server), then says `Sent email to <email>: <subject>` on the console and
// in log.txt. While it waits, other clients must be served.

app.post('/send-mail/', async (c) => {
  const email = c.req.query('email') ?? ''
  // TODO: instead of this, have sendEmail run once the reply is out, with the
  // subject 'Welcome!' and a body of your own.
  await sleep(5000)
  console.log(`Sent email to ${email}: Welcome!`)
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
