import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { backgroundTasks } from 'bgtasks-learn/background'

const sent: string[] = []
const tasks = backgroundTasks()
const app = new Hono().use(tasks).post('/signup/', (c) => {
  c.var.backgroundTasks.addTask((email: string) => sent.push(email), c.req.query('email') ?? '')
  return c.json({ status: 'Welcome aboard' }, 201)
})

test('a new member gets one mail', async () => {
  const reply = await app.request('/signup/?email=ann@example.com', { method: 'POST' })
  expect(reply.status).toBe(201)

  await tasks.drain()
  expect(sent).toEqual(['ann@example.com'])
})
