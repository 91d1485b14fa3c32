import asyncHooks, { AsyncLocalStorage } from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'
import { emit } from './channel.ts'
import { placeInStack, whereNow } from './where.ts'

/** A task, and where it was handed over. */
interface Added {
  readonly task: number
  readonly added: string
}

const running = new AsyncLocalStorage<Added>()

/** What is known of the task that runs now. */
export function taskNow(): Added | undefined {
  return running.getStore()
}

/**
 * Remembers the line on which a task was handed over, until the task runs: by then no stack knows of
 * it any more. Queues that keep the context, the course's middleware among them, make an
 * `AsyncResource` for each task.
 */
export function watchTasks(lessonDir: string): void {
  let lastTask = 0
  class WatchedResource extends asyncHooks.AsyncResource {
    readonly #task: Added | undefined

    constructor(...args: ConstructorParameters<typeof asyncHooks.AsyncResource>) {
      super(...args)
      const added = whereNow(lessonDir)
      this.#task = added === undefined ? undefined : { task: ++lastTask, added }
    }

    override runInAsyncScope<This, Result>(
      fn: (this: This, ...args: unknown[]) => Result,
      thisArg?: This,
      ...args: unknown[]
    ): Result {
      const task = this.#task
      if (!task) return super.runInAsyncScope(fn, thisArg, ...args)
      // Inside, not around it: the scope brings its own context.
      const run = (...given: unknown[]) => {
        return running.run(task, () => tellFailure(fn.name, () => fn.apply(thisArg as This, given)))
      }
      return super.runInAsyncScope(run, undefined, ...args)
    }
  }

  function tellFailure<Result>(named: string, run: () => Result): Result {
    const failed = (error: unknown): never => {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
      emit('task-failed', {
        task: named,
        message: `${name}: ${message}`,
        ...placeInStack(String(stack), lessonDir),
        added: taskNow()?.added,
      })
      throw error
    }
    try {
      const result = run()
      // What is returned is derived from it: a rejection that nobody handles stays unhandled.
      return isPlainPromise(result) ? (result.then(undefined, failed) as Result) : result
    } catch (error) {
      return failed(error)
    }
  }

  Object.defineProperty(WatchedResource, 'name', { value: 'AsyncResource' })
  asyncHooks.AsyncResource = WatchedResource
  syncBuiltinESMExports()
}

/** Not one with a face of its own, which a queue may look for. */
function isPlainPromise(value: unknown): value is Promise<unknown> {
  return value instanceof Promise && Object.getPrototypeOf(value) === Promise.prototype
}
