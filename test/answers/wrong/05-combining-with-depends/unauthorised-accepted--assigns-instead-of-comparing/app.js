import { appendFile } from 'node:fs/promises'
import { backgroundTasks } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono()
app.use(backgroundTasks())

const writeLog = (line) => appendFile('log.txt', line + '\n')

async function currentUser(c, next) {
  let token = c.req.query('token')
  if ((token = 'test123')) {
    c.set('user', { username: 'admin' })
    c.var.backgroundTasks.addTask(writeLog, 'admin authenticated')
    return next()
  }
  return c.json({ error: 'Invalid token' }, 401)
}

app.post('/notify/', currentUser, (c) => {
  c.var.backgroundTasks.addTask(writeLog, 'Notification sent to ' + c.get('user').username)
  return c.json({ status: 'Notification scheduled' })
})

export default app
