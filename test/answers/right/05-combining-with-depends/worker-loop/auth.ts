import type { Context, Next } from 'hono'
import { writeLog } from './log.ts'
import { addTask } from './worker.ts'

export async function auth(c: Context, next: Next) {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  addTask(writeLog, 'admin authenticated')
  await next()
}
