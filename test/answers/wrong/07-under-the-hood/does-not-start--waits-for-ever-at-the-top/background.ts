import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: { addTask(fn: Function, ...args: unknown[]): void } }
}

const queue: Array<() => unknown> = []

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    c.set('backgroundTasks', { addTask: (fn, ...args) => void queue.push(() => fn(...args)) })
    await next()
  }
}

while (true) {
  const task = queue.shift()
  if (task) await task()
}
