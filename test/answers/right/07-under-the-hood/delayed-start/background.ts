import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

type Fn<Args extends unknown[]> = (...args: Args) => unknown

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: Fn<Args>, ...args: Args): void
}

export type BackgroundTasksEnv = {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

export function backgroundTasks({ delayMs = 100 } = {}): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    let tail: Promise<unknown> = new Promise((resolve) => {
      c.env.outgoing.once('close', () => setTimeout(resolve, delayMs))
    })
    let discarded = false
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tail = tail
          .then(() => (discarded ? undefined : fn(...args)))
          .catch((error) => console.error('task failed', error))
      },
    })
    await next()
    discarded = Boolean(c.error)
  }
}
