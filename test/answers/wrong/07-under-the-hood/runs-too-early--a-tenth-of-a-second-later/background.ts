import type { Context, MiddlewareHandler } from 'hono'
import type { HttpBindings } from '@hono/node-server'

type Job = [fn: (...args: any[]) => unknown, args: unknown[]]

export type BackgroundTasksEnv = {
  Bindings: HttpBindings
  Variables: { backgroundTasks: TaskList }
}

class TaskList {
  private jobs: Job[] = []

  addTask(fn: Job[0], ...args: unknown[]) {
    this.jobs.push([fn, args])
  }

  async run() {
    for (const [fn, args] of this.jobs) await fn(...args)
  }
}

export const backgroundTasks = (): MiddlewareHandler<BackgroundTasksEnv> => async (c, next) => {
  const list = new TaskList()
  c.set('backgroundTasks', list)
  await next()
  if (c.error) return
  setTimeout(() => list.run().catch(console.error), 100)
}
