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
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        // TODO: this starts the task at once. Keep it for later instead.
        void fn(...args)
      },
    })
    await next()
    // TODO: once the response is closed, run the tasks one after another.
    // A task that throws must not end the server. If the handler threw
    // (look at c.error), run none of them.
  }
}
