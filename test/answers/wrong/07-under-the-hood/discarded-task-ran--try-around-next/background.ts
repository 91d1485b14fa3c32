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
    let tasks: Array<() => unknown> = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tasks.push(() => fn(...args))
      },
    })
    const run = async () => {
      for (const task of tasks) await task()
    }
    c.env.outgoing.once('close', () => {
      run().catch((error) => console.error(error))
    })
    try {
      await next()
    } catch (error) {
      tasks = []
      throw error
    }
  }
}
