import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    let tasks: [(...args: any[]) => unknown, unknown[]][] = []
    c.set('backgroundTasks', {
      addTask: (fn, ...args) => void tasks.push([fn, args]),
    })

    c.env.outgoing.once('close', async () => {
      for (const [fn, args] of tasks) {
        try {
          await fn(...args)
        } catch (error) {
          console.error('task failed:', error)
        }
      }
    })

    await next()
    if (c.error) tasks = []
  }
}
