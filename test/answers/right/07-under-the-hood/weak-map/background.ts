import type { ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

const listOf = new WeakMap<object, (() => unknown)[]>()

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const { outgoing } = c.env
    listOf.set(outgoing, [])
    outgoing.once('close', onClose)
    c.set('backgroundTasks', {
      addTask: (fn, ...args) => {
        listOf.get(outgoing)?.push(async () => fn(...args))
      },
    })
    await next()
    if (c.error) listOf.delete(outgoing)
  }
}

function onClose(this: ServerResponse) {
  const tasks = listOf.get(this) ?? []
  tasks
    .reduce<Promise<unknown>>((before, task) => before.then(task), Promise.resolve())
    .catch((error) => console.error('Background task failed', error))
}
