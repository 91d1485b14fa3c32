import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

// Whatever a task throws ends up here.
process.on('unhandledRejection', (reason) => console.error('A background task failed:', reason))

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return (c, next) => {
    const tasks: (() => unknown)[] = []
    c.set('backgroundTasks', { addTask: (fn, ...args) => void tasks.push(() => fn(...args)) })
    return next().then(() => {
      if (c.error) return
      c.env.outgoing.on('close', async () => {
        for (const task of tasks) await task()
      })
    })
  }
}
