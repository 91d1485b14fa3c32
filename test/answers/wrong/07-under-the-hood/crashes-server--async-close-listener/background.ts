import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

type Task = () => unknown

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: { addTask(fn: (...args: any[]) => unknown, ...args: unknown[]): void } }
}

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const tasks: Task[] = []
    c.set('backgroundTasks', { addTask: (fn, ...args) => void tasks.push(() => fn(...args)) })
    c.env.outgoing.on('close', async () => {
      if (c.error) return
      for (const task of tasks) await task()
    })
    await next()
  }
}
