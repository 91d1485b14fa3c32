import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: { addTask(fn: Function, ...args: unknown[]): void } }
}

function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const tasks: Array<() => unknown> = []
    c.set('backgroundTasks', { addTask: (fn, ...args) => void tasks.push(() => fn(...args)) })
    c.env.outgoing.once('close', async () => {
      if (c.error) return
      for (const task of tasks) await Promise.resolve().then(task).catch(console.error)
    })
    await next()
  }
}
