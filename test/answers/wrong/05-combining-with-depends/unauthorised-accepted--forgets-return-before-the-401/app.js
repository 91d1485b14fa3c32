import { appendFile } from 'node:fs/promises'
import { backgroundTasks } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono()
app.use(backgroundTasks())

async function writeLog(line) {
  await appendFile('log.txt', `${line}\n`)
}

async function auth(c, next) {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') {
    c.json({ error: 'Invalid token' }, 401)
  }
  c.set('user', { username: 'admin' })
  c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
  await next()
}

app.post('/notify/', auth, (c) => {
  c.var.backgroundTasks.addTask(writeLog, `Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
