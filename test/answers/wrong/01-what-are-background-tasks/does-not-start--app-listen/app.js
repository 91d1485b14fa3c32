import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()
const port = process.env.PORT || 3000

async function sendWelcomeEmail(email) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', (c) => {
  setImmediate(() => sendWelcomeEmail(c.req.query('email')))
  return c.json({ status: 'Welcome aboard' }, 201)
})

app.listen(port, () => console.log(`listening on ${port}`))
