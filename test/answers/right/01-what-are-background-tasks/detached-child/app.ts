import { spawn } from 'node:child_process'
import { Hono } from 'hono'

const app = new Hono()

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  // On its own from here on: it may even outlive the server.
  spawn('node', ['send-welcome-email.js', email], { detached: true, stdio: 'ignore' }).unref()
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
