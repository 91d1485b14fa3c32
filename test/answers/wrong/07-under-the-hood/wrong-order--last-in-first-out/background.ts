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
    const stack: Array<() => unknown> = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        stack.push(() => fn(...args))
      },
    })
    c.env.outgoing.once('close', () => {
      if (!c.error) void work(stack)
    })
    await next()
  }
}

async function work(stack: Array<() => unknown>) {
  let task
  while ((task = stack.pop())) {
    try {
      await task()
    } catch (error) {
      console.error(error)
    }
  }
}
