import { Hono } from 'hono'
import { sendWelcomeEmail } from './email'
import { MailQueue } from './queue'

const queue = new MailQueue(sendWelcomeEmail)
const app = new Hono()

app.post('/signup/', (c) => {
  queue.push(c.req.query('email') ?? '')
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
