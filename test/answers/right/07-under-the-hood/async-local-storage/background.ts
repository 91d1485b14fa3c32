import { AsyncLocalStorage } from 'node:async_hooks'
import { finished } from 'node:stream/promises'
import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

type Task = () => unknown
const current = new AsyncLocalStorage<Task[]>()

// One object for all requests: the storage knows which request it is.
const facade: BackgroundTasks = {
  addTask(fn, ...args) {
    const tasks = current.getStore()
    if (!tasks) throw new Error('addTask outside of a request')
    tasks.push(() => fn(...args))
  },
}

export const backgroundTasks = (): MiddlewareHandler<BackgroundTasksEnv> =>
  createMiddleware<BackgroundTasksEnv>(async (c, next) => {
    const tasks: Task[] = []
    c.set('backgroundTasks', facade)
    await current.run(tasks, () => next())
    if (c.error) return
    void finished(c.env.outgoing)
      .catch(() => {})
      .then(() => runNext(tasks))
      .catch((error) => console.error(error))
  })

async function runNext([task, ...rest]: Task[]): Promise<void> {
  if (!task) return
  await task()
  return runNext(rest)
}
