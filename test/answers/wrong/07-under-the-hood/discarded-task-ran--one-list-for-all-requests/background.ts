import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

const tasks: Array<() => unknown> = []

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tasks.push(() => fn(...args))
      },
    })
    const closed = new Promise<void>((resolve) => c.env.outgoing.once('close', () => resolve()))
    await next()
    if (!c.error) void closed.then(run)
  }
}

async function run() {
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    try {
      await task()
    } catch (error) {
      console.error(error)
    }
  }
}
