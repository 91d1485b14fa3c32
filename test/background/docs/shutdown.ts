import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { backgroundTasks } from 'bgtasks-learn/background'

async function sendWelcomeMail(email: string): Promise<void> {
  await fetch(process.env['MAIL_URL'] ?? 'http://localhost:8025/', { method: 'POST', body: email })
}

const tasks = backgroundTasks()
const app = new Hono().use(tasks).post('/signup/', (c) => {
  c.var.backgroundTasks.addTask(sendWelcomeMail, c.req.query('email') ?? '')
  return c.json({ status: 'Welcome aboard' }, 201)
})

const server = serve({ fetch: app.fetch, port: Number(process.env['PORT'] ?? 3000) }, ({ port }) => {
  console.log(`Listening on ${port}`)
})

process.once('SIGTERM', () => void shutDown())

async function shutDown(): Promise<void> {
  server.close(() => console.log('No connection is left'))
  const { drained, left } = await tasks.drain({ timeoutMs: Number(process.env['DRAIN_MS'] ?? 10_000) })
  if (!drained) console.error(`Out of time: ${left} background tasks had not ended`)
  process.exit(drained ? 0 : 1)
}
