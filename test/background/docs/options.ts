import { Hono } from 'hono'
import { backgroundTasks, TooManyTasksError } from 'bgtasks-learn/background'

export const tasks = backgroundTasks({
  maxPending: 10_000,
  onFailure: 'continue',
  onError(error, { task, skipped }) {
    console.error(`${task.name} failed, ${skipped.length} skipped:`, error)
  },
})

async function resizeImage(id: string): Promise<void> {
  await fetch(`https://images.example.com/${id}/resize`, { method: 'POST' })
}

export const app = new Hono().use(tasks).post('/images/:id', (c) => {
  try {
    c.var.backgroundTasks.addTask(resizeImage, c.req.param('id'))
  } catch (error) {
    if (!(error instanceof TooManyTasksError)) throw error
    return c.text('Busy, please come back later', 503, { 'Retry-After': '5' })
  }
  return c.text('Resizing', 202)
})
