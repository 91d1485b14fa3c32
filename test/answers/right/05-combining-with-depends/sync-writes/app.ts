import fs from 'node:fs'
import { Hono } from 'hono'

const app = new Hono<{ Variables: { user: { username: string } } }>()

function defer(fn: (...args: string[]) => void, ...args: string[]) {
  setImmediate(() => {
    try {
      fn(...args)
    } catch (error) {
      console.error(error)
    }
  })
}

function writeLog(line: string) {
  const fd = fs.openSync('log.txt', 'a')
  try {
    fs.writeSync(fd, line + '\n')
  } finally {
    fs.closeSync(fd)
  }
}

app.post(
  '/notify/',
  async (c, next) => {
    const token = c.req.query('token') ?? 'test123'
    if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
    c.set('user', { username: 'admin' })
    defer(writeLog, 'admin authenticated')
    await next()
  },
  (c) => {
    defer(writeLog, `Notification sent to ${c.var.user.username}`)
    return c.json({ status: 'Notification scheduled' })
  },
)

export default app
