import { appendFile } from 'node:fs/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'

type Task = () => Promise<void>
type Env = { Bindings: HttpBindings; Variables: { tasks: Task[]; user: string } }

const app = new Hono<Env>()

const write = (line: string): Task => () => appendFile('log.txt', `${line}\n`)

const afterwards = createMiddleware<Env>(async (c, next) => {
  const tasks: Task[] = []
  c.set('tasks', tasks)
  c.env.outgoing.once('close', () => {
    Promise.all(tasks.map((task) => task())).catch(console.error)
  })
  await next()
})

const currentUser = createMiddleware<Env>(async (c, next) => {
  if ((c.req.query('token') ?? 'test123') !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', 'admin')
  c.var.tasks.push(write('admin authenticated'))
  await next()
})

app.post('/notify/', afterwards, currentUser, (c) => {
  c.var.tasks.push(write(`Notification sent to ${c.var.user}`))
  return c.json({ status: 'Notification scheduled' })
})

export default app
