import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()

class Queue {
  private readonly jobs: Array<() => Promise<void>> = []
  private working = false

  push(job: () => Promise<void>) {
    this.jobs.push(job)
    if (!this.working) setImmediate(() => this.work())
    this.working = true
  }

  private async work() {
    for (let job = this.jobs.shift(); job; job = this.jobs.shift()) {
      try {
        await job()
      } catch (error) {
        console.error(error)
      }
    }
    this.working = false
  }
}

const queue = new Queue()

async function sendEmail(email: string, subject: string, body: string) {
  await sleep(5000)
  console.log(`Sent email to ${email}: ${subject}`)
  await appendFile('log.txt', `Sent email to ${email}: ${subject}\n`)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  queue.push(() => sendEmail(email, 'Welcome!', 'Good to have you here.'))
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
