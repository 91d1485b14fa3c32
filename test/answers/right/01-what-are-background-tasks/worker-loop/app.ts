import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const queue: string[] = []

async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

function loop() {
  const email = queue.shift()
  if (email !== undefined) sendWelcomeEmail(email).catch(console.error)
  setTimeout(loop, 100)
}
loop()

const app = new Hono()

app.post('/signup/', (c) => {
  queue.push(c.req.query('email') ?? '')
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
