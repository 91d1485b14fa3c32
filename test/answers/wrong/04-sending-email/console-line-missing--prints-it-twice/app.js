import fs from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

function sendEmail(email, subject, body, done) {
  setTimeout(() => {
    const line = `Sent email to ${email}: ${subject}`
    console.log(line)
    fs.appendFile('log.txt', line + '\n', (err) => done(err, line))
  }, 5000)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  setImmediate(sendEmail, email, 'Welcome!', '', (err, line) => console.log(err ?? line))
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
