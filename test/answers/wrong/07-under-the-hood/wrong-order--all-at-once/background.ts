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
    const tasks: Array<() => unknown> = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tasks.push(async () => fn(...args))
      },
    })
    const closed = new Promise((resolve) => c.env.outgoing.once('close', resolve))
    await next()
    if (c.error) return
    closed.then(() => Promise.allSettled(tasks.map((task) => task())))
  }
}
