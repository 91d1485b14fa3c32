import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

type Task = (line?: string) => unknown

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: { addTask(fn: any, ...args: any[]): void } }
}

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const tasks = new Set<Task>()
    c.set('backgroundTasks', { addTask: (fn: Task) => void tasks.add(fn.bind(null)) })
    c.env.outgoing.once('close', async () => {
      if (c.error) return
      for (const task of tasks) {
        try {
          await task()
        } catch (error) {
          console.error(error)
        }
      }
    })
    await next()
  }
}
