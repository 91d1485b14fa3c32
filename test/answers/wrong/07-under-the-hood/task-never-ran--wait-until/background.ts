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
        tasks.push(() => fn(...args))
      },
    })
    await next()
    if (c.error) return
    try {
      c.executionCtx.waitUntil(run(tasks))
    } catch {
      // there is none in the tests
    }
  }
}

async function run(tasks: Array<() => unknown>) {
  for (const task of tasks) await task()
}
