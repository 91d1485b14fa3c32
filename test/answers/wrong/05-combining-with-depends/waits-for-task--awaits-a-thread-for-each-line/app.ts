import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Env = { Variables: { user: { username: string } } }

const app = new Hono<Env>()

async function writeLog(line: string) {
  const code = `require('node:fs').appendFileSync('log.txt', require('node:worker_threads').workerData)`
  const worker = new Worker(code, { eval: true, workerData: `${line}\n` })
  await once(worker, 'exit')
}

const currentUser = createMiddleware<Env>(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  await writeLog('admin authenticated')
  await next()
})

app.post('/notify/', currentUser, async (c) => {
  await writeLog(`Notification sent to ${c.var.user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
