import type { MiddlewareHandler } from 'hono'

/** What `c.var.backgroundTasks` holds: the tasks of one request. */
export interface BackgroundTasks {
  /**
   * Adds a call to make once this request has been answered: `addTask(sendEmail, 'ann@example.com')`.
   * It never waits. The function may be sync or async; what it returns is ignored but for its end.
   *
   * Throws a `TypeError` when given something other than a function, a `TooManyTasksError` at
   * `maxPending`, and an `Error` when this request has failed and its tasks were discarded.
   */
  readonly addTask: <Args extends readonly unknown[]>(
    fn: (...args: Args) => unknown,
    ...args: NoInfer<Args>
  ) => void
}

/** For `new Hono<BackgroundTasksEnv>()`, where the app's type is not inferred from `use`. */
export interface BackgroundTasksEnv {
  Variables: { backgroundTasks: BackgroundTasks }
}

/** A task as a report shows it. `name` is the function's, or `anonymous`. */
export interface BackgroundTask {
  readonly name: string
  readonly fn: (...args: unknown[]) => unknown
  readonly args: readonly unknown[]
}

/** Which task failed, and which tasks of the same request will not run because of it. */
export interface TaskFailure {
  readonly task: BackgroundTask
  readonly skipped: readonly BackgroundTask[]
}

export interface BackgroundTasksOptions {
  /**
   * Hears of every task that throws or rejects, inside that task's async context. Without it the
   * failure goes to `console.error`, and so does whatever this function throws itself.
   */
  readonly onError?: (error: unknown, failure: TaskFailure) => unknown
  /** What a failure does to the request's other tasks: `stop` (the default) skips them. */
  readonly onFailure?: 'stop' | 'continue'
  /** Run the tasks of a request whose handler threw, too. Default: they are discarded. */
  readonly runOnError?: boolean
  /** How many tasks of all requests together may wait or run. At it `addTask` throws. Default: no limit. */
  readonly maxPending?: number
}

export interface DrainOptions {
  /** How long to wait at most, in milliseconds; `Infinity` for no limit. Default 10 000. */
  readonly timeoutMs?: number
}

export interface DrainResult {
  /** Every request is answered and every task has ended. */
  readonly drained: boolean
  /** Tasks that still wait or run. */
  readonly left: number
}

/** The middleware, for `app.use`, and what an app needs of it at its end. */
export interface BackgroundTasksMiddleware extends MiddlewareHandler<BackgroundTasksEnv> {
  /**
   * Waits until every request that came through this middleware is answered and its tasks have ended,
   * or until the time is up. It stops nothing: close the server first.
   *
   * Throws a `RangeError` when `timeoutMs` is not a number from 0 up.
   */
  readonly drain: (options?: DrainOptions) => Promise<DrainResult>
}
