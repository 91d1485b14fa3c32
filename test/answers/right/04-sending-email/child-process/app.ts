import { execFile } from 'node:child_process'
import { Hono } from 'hono'

const script = `
  const [email, subject] = process.argv.slice(1)
  setTimeout(() => {
    const line = 'Sent email to ' + email + ': ' + subject
    require('fs').appendFileSync('log.txt', line + '\\n')
    console.log(line)
  }, 5000)
`

function sendEmail(email: string, subject: string, body: string) {
  execFile(process.execPath, ['-e', script, email, subject], (error, stdout) => {
    if (error) console.error(error)
    else console.log(stdout.trim())
  })
}

const app = new Hono()

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  sendEmail(email, 'Welcome!', 'Good to have you.')
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
