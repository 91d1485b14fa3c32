import { HttpBindings } from '@hono/node-server'
import { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

type Thunk = () => unknown

const runAll = async (tasks: Thunk[]): Promise<void> => {
  for await (const _ of sequence(tasks));
}

async function* sequence(tasks: Thunk[]) {
  for (const task of tasks) yield await task()
}

export const backgroundTasks = (): MiddlewareHandler<BackgroundTasksEnv> => async (c, next) => {
  const tasks: Thunk[] = []
  c.set('backgroundTasks', { addTask: (fn, ...args) => tasks.push(fn.bind(null, ...args)) })
  await next()
  if (c.error) return
  c.env.outgoing.on('finish', () => {
    runAll(tasks).catch((error) => console.error('A task failed, the rest is skipped.', error))
  })
}
