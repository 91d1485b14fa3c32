import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings // c.env.outgoing is Node's own response
  Variables: { backgroundTasks: BackgroundTasks }
}

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const tasks: (() => unknown)[] = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tasks.push(() => fn(...args))
      },
    })
    c.env.outgoing.once('close', () => {
      if (c.error) return
      tasks.forEach(async (task) => {
        try {
          await task()
        } catch (error) {
          console.error(error)
        }
      })
    })
    await next()
  }
}
