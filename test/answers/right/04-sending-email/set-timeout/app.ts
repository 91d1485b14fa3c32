import { appendFile } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

function sendEmail(email: string, subject: string, body: string) {
  setTimeout(() => {
    const line = `Sent email to ${email}: ${subject}`
    console.log(line)
    appendFile('log.txt', `${line}\n`, (error) => {
      if (error) console.error(error)
    })
  }, 5000)
}

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  sendEmail(email, 'Welcome!', 'Thanks for signing up!')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
