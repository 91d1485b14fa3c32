import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

let chain: Promise<void> = Promise.resolve()

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const tasks: Array<() => unknown> = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tasks.push(() => fn(...args))
      },
    })
    c.env.outgoing.once('close', () => {
      if (c.error) return
      chain = chain.then(async () => {
        try {
          for (const task of tasks) await task()
        } catch (error) {
          console.error(error)
        }
      })
    })
    await next()
  }
}
