import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Task = () => Promise<void>
type Env = { Bindings: HttpBindings; Variables: { user: string; tasks: Task[] } }

async function writeLog(line: string) {
  await sleep(500)
  await appendFile('log.txt', `${line}\n`)
}

const withTasks = createMiddleware<Env>(async (c, next) => {
  const tasks: Task[] = []
  c.set('tasks', tasks)
  c.env.outgoing.once('close', async () => {
    for (const task of tasks) {
      try {
        await task()
      } catch (error) {
        console.error(error)
      }
    }
  })
  await next()
})

const currentUser = createMiddleware<Env>(async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', 'admin')
  c.var.tasks.push(() => writeLog('admin authenticated'))
  await next()
})

const app = new Hono<Env>()

app.post('/notify/', withTasks, currentUser, (c) => {
  const user = c.var.user
  c.var.tasks.push(() => writeLog(`Notification sent to ${user}`))
  return c.json({ status: 'Notification scheduled' })
})

export default app
