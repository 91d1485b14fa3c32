import { createRequire } from 'node:module'
import type { MiddlewareHandler } from 'hono'
import type { BackgroundTasksEnv } from 'bgtasks-learn/background'

export type { BackgroundTasksEnv }

const url = import.meta.resolve('bgtasks-learn/background')
const mine = await import(url)

export const backgroundTasks = mine.backgroundTasks as () => MiddlewareHandler<BackgroundTasksEnv>
