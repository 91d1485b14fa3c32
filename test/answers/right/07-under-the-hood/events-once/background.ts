import { once } from 'node:events'
import type { HttpBindings } from '@hono/node-server'
import type { Context, MiddlewareHandler, Next } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

interface Task {
  fn: (...args: any[]) => unknown
  args: unknown[]
}

class Tasks implements BackgroundTasks {
  static readonly all = new Set<Tasks>()
  #tasks: Task[] = []

  addTask = (fn: Task['fn'], ...args: unknown[]) => {
    this.#tasks.push({ fn, args })
    Tasks.all.add(this)
  }

  clear() {
    this.#tasks.length = 0
  }

  async run() {
    let task: Task | undefined
    while ((task = this.#tasks.shift())) {
      const { fn, args } = task
      // A breath between two tasks, for the other clients.
      await new Promise(setImmediate)
      await Promise.try(fn, ...args).catch((error) => console.error(`${fn.name}:`, error))
    }
    Tasks.all.delete(this)
  }
}

declare global {
  interface PromiseConstructor {
    try(fn: (...args: any[]) => unknown, ...args: unknown[]): Promise<unknown>
  }
}
Promise.try ??= async (fn, ...args) => fn(...args)

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c: Context<BackgroundTasksEnv>, next: Next) => {
    const tasks = new Tasks()
    c.set('backgroundTasks', tasks)
    const over = once(c.env.outgoing, 'close')
    await next()
    if (c.error) tasks.clear()
    over.then(() => tasks.run()).catch(console.error)
  }
}
