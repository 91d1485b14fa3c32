import { appendFile } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

/**
 * Ready-made, and slow.
 * @param {string} email
 * @param {(error: Error | null) => void} done
 */
function sendWelcomeEmail(email, done) {
  setTimeout(() => {
    appendFile('log.txt', 'Welcome email sent to ' + email + '\n', done)
  }, 2000)
}

app.post('/signup/', (c) => {
  const email = c.req.query('email') || ''
  setTimeout(sendWelcomeEmail, 0, email, (/** @type {Error | null} */ error) => {
    if (error) console.error(error)
  })
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
