import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

const isAsync = (fn: Function) => fn.constructor.name === 'AsyncFunction'

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const sync: Array<() => unknown> = []
    const async: Array<() => unknown> = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        const list = isAsync(fn) ? async : sync
        list.push(() => fn(...args))
      },
    })
    const closed = new Promise<void>((resolve) => c.env.outgoing.once('close', () => resolve()))
    await next()
    if (c.error) return
    closed
      .then(async () => {
        for (const task of sync) task()
        for (const task of async) await task()
      })
      .catch(console.error)
  }
}
