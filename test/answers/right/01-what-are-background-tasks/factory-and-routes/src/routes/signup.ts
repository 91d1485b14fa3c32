import { Hono } from 'hono'
import { AppEnv } from '../types.js'
import { sendWelcomeEmail } from '../services/email.js'

export const signup = new Hono<AppEnv>()

signup.post('/', (c) => {
  const { backgroundTasks } = c.var
  backgroundTasks.addTask(sendWelcomeEmail, c.req.query('email') ?? '')
  c.status(201)
  return c.json({ status: 'Welcome aboard' })
})
