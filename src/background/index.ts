import type { Context, Next } from 'hono'
import { createLedger, drain } from './ledger.ts'
import { reportToConsole } from './report.ts'
import { executionCtxOf, outgoingOf, whenClosed } from './response.ts'
import { close, closeSoon, createTaskList, joinTaskList, settle, taskListOf } from './task-list.ts'
import type {
  BackgroundTasksEnv,
  BackgroundTasksMiddleware,
  BackgroundTasksOptions,
  DrainOptions,
} from './types.ts'

export { TooManyTasksError } from './too-many-tasks-error.ts'
export type {
  BackgroundTask,
  BackgroundTasks,
  BackgroundTasksEnv,
  BackgroundTasksMiddleware,
  BackgroundTasksOptions,
  DrainOptions,
  DrainResult,
  TaskFailure,
} from './types.ts'

/**
 * Hono middleware that runs tasks after the reply, as FastAPI's `BackgroundTasks` does.
 *
 * ```ts
 * const app = new Hono<BackgroundTasksEnv>()
 * app.use(backgroundTasks())
 * app.post('/log/', (c) => {
 *   c.var.backgroundTasks.addTask(writeLog, c.req.query('msg') ?? '')
 *   return c.json({ status: 'Message logged in background' })
 * })
 * ```
 *
 * A request's tasks start when its handlers have settled and its response is closed (sent whole, or
 * given up by the client). They run one after another, in the order added; requests do not wait for
 * each other's. Used twice on one request, the outermost middleware's list and options hold.
 *
 * Throws a `RangeError` when `maxPending` is not a number from 1 up.
 */
export function backgroundTasks(options: BackgroundTasksOptions = {}): BackgroundTasksMiddleware {
  const { onError = reportToConsole, onFailure = 'stop', runOnError = false, maxPending = Infinity } = options
  if (!(maxPending >= 1)) throw new RangeError(`maxPending must be a number from 1 up, but is ${maxPending}`)
  const settings = { onError, onFailure, runOnError, maxPending }
  const ledger = createLedger()

  async function middleware(c: Context<BackgroundTasksEnv>, next: Next): Promise<void> {
    const outer = taskListOf(c.get('backgroundTasks'))
    if (outer) {
      joinTaskList(outer, ledger)
      return next()
    }

    const outgoing = outgoingOf(c)
    const executionCtx = outgoing ? undefined : executionCtxOf(c)
    const list = createTaskList(ledger, { c, settings, executionCtx })
    // Before next(): only this event tells of a client that leaves while the handler runs.
    if (outgoing) whenClosed(outgoing, () => close(list))

    let threw = true
    try {
      await next()
      threw = false
    } finally {
      settle(list, { threw })
      if (!outgoing) closeSoon(list)
    }
  }

  return Object.assign(middleware, { drain: (limits?: DrainOptions) => drain(ledger, limits) })
}
