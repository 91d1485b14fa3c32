import { Hono } from 'hono'
import { auth } from './auth.ts'
import { addTask } from './worker.ts'
import { writeLog } from './log.ts'

const api = new Hono<{ Variables: { user: { username: string } } }>()
api.use(auth)
api.post('/notify/', (c) => {
  addTask(writeLog, `Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

const app = new Hono().route('/', api)
export default app
