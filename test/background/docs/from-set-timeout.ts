import { Hono } from 'hono'
import { backgroundTasks } from 'bgtasks-learn/background'

export const app = new Hono()

app.post('/before/', (c) => {
  const plan = c.req.query('plan') ?? 'free'
  setTimeout(() => void track('signup', plan).catch(console.error), 0)
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
