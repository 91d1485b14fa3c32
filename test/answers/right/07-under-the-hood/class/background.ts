import type { MiddlewareHandler } from 'hono'
import { TaskList } from './task-list.ts'

export type { BackgroundTasksEnv } from './types.ts'
import type { BackgroundTasksEnv } from './types.ts'

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async function middleware(c, next) {
    const list = new TaskList(console.error)
    c.set('backgroundTasks', list)
    c.env.outgoing.once('finish', () => list.start()).once('close', () => list.start())
    await next()
    if (c.error !== undefined) list.discard()
  }
}
