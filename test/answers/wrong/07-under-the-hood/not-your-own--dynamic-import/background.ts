import type { BackgroundTasksEnv } from 'bgtasks-learn/background'
import type { MiddlewareHandler } from 'hono'

export type { BackgroundTasksEnv }

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  const name = ['bgtasks-learn', 'background'].join('/')
  const loaded = import(name).then((course) => course.backgroundTasks())
  return async (c, next) => (await loaded)(c, next)
}
