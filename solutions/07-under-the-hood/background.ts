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
    const tasks: (() => unknown)[] = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tasks.push(() => fn(...args))
      },
    })
    // Listening from the start: a client that gives up closes it early.
    const closed = new Promise<void>((resolve) => c.env.outgoing.once('close', resolve))
    await next()
    if (!c.error) void closed.then(() => run(tasks))
  }
}

async function run(tasks: readonly (() => unknown)[]) {
  try {
    for (const task of tasks) await task()
  } catch (error) {
    console.error('A background task failed:', error)
  }
}
