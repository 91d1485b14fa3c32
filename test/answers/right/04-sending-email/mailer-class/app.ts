import { Mailer } from './mailer'
import { Hono } from 'hono'

const mailer = new Mailer({ seconds: 5 })
const app = new Hono()

app.post('/send-mail/', (c) => {
  const email = c.req.query('email') ?? ''
  mailer.deliverLater(email, 'Welcome!', `Dear ${email}, welcome!`)
  return c.json({ status: `Email to ${email} is being sent in background` })
})

export default app
