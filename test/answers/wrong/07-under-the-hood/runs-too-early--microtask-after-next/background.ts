import type { HttpBindings } from '@hono/node-server'
import { createMiddleware } from 'hono/factory'

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: { addTask(fn: Function, ...args: unknown[]): void } }
}

export function backgroundTasks() {
  return createMiddleware<BackgroundTasksEnv>(async (c, next) => {
    const tasks: Array<() => unknown> = []
    c.set('backgroundTasks', {
      addTask: (fn, ...args) => {
        tasks.push(() => fn(...args))
      },
    })
    await next()
    if (c.error) return
    queueMicrotask(async () => {
      try {
        for (const task of tasks) await task()
      } catch (e) {
        console.warn('background task:', e)
      }
    })
  })
}
