import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

let broken: unknown

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const tasks: Array<() => unknown> = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tasks.push(() => fn(...args))
      },
    })
    c.env.outgoing.once('close', async () => {
      // After a failure nobody knows in which state we are: better do nothing more.
      if (c.error || broken) return
      try {
        for (const task of tasks) await task()
      } catch (error) {
        broken = error
        console.error(error)
      }
    })
    await next()
  }
}
