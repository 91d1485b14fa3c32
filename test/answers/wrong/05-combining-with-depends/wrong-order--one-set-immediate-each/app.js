import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

const app = new Hono()

async function writeLog(line) {
  await sleep(500)
  await appendFile('log.txt', line + '\n')
}

const afterwards = (line) => setImmediate(() => writeLog(line).catch(console.error))

const currentUser = async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  afterwards('admin authenticated')
  await next()
}

app.post('/notify/', currentUser, (c) => {
  afterwards(`Notification sent to ${c.get('user').username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
