import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

/** @param {number} seconds */
async function* countdown(seconds) {
  for (let left = seconds; left > 0; left--) {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    yield left
  }
}

/**
 * @param {string} email
 * @param {string} subject
 * @param {string} body
 */
async function sendEmail(email, subject, body) {
  for await (const left of countdown(5)) console.debug(`${email}: ${left}`)
  const line = 'Sent email to ' + email + ': ' + subject
  console.log(line)
  await appendFile('log.txt', line + '\n')
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') || ''
  setTimeout(() => sendEmail(email, 'Welcome!', 'Hi there').catch(console.error))
  return c.json({ status: 'Email to ' + email + ' is being sent in background' })
})

export default app
