import { backgroundTasks } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { logger } from 'hono/logger'
import { signup } from './routes/signup.js'
import { AppEnv } from './types.js'

export function createApp(): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ strict: false })
  app.use('*', logger())
  app.use('*', backgroundTasks())
  app.route('/signup', signup)
  return app
}
