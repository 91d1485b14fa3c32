import { Hono } from 'hono'
import { backgroundTasks } from 'bgtasks-learn/background'

export const app = new Hono()

app.post('/before/', (c) => {
  c.executionCtx.waitUntil(track('signup', c.req.query('plan') ?? 'free'))
  return c.text('Welcome aboard')
})

app.post('/after/', backgroundTasks(), (c) => {
  c.var.backgroundTasks.addTask(track, 'signup', c.req.query('plan') ?? 'free')
  return c.text('Welcome aboard')
})

export const tracked: string[] = []
async function track(event: string, plan: string): Promise<void> {
  tracked.push(`${event}: ${plan}`)
}
