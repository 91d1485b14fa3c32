import { spawn } from 'node:child_process'
import { Hono } from 'hono'

const script = `
  const { appendFileSync } = require('node:fs')
  setTimeout(() => appendFileSync('log.txt', 'Welcome email sent to ' + process.argv[1] + '\\n'), 2000)
`

function sendWelcomeEmail(email: string) {
  const child = spawn(process.execPath, ['-e', script, email], { stdio: 'ignore' })
  child.on('error', console.error)
}

const app = new Hono()

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  setImmediate(sendWelcomeEmail, email)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
