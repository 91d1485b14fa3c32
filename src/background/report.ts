import { isThenable } from './thenable.ts'
import type { BackgroundTask, TaskFailure } from './types.ts'

/** The default `onError`: a failure that nobody asked about is still heard. */
export function reportToConsole(error: unknown, { task, skipped }: TaskFailure): void {
  const rest = skipped.length > 0 ? `; skipped after it: ${names(skipped)}` : ''
  console.error(`Background task ${task.name} failed${rest}:`, error)
}

/** `onError` failed as well: both errors are heard, and the process lives. */
export function reportBoth(
  error: unknown,
  { failure, onErrorThrew }: { failure: TaskFailure; onErrorThrew: unknown },
): void {
  reportToConsole(error, failure)
  console.error('The onError that was told of it failed too:', onErrorThrew)
}

/** For `addTask(fn(args))`: the call was made before `addTask` could be. */
export function notAFunction(given: unknown): TypeError {
  // That call may still fail. Nobody else can hear it, and unheard it would end the process.
  if (isThenable(given)) {
    given.then(undefined, (error: unknown) => console.error('The promise handed to addTask failed:', error))
  }
  return new TypeError(
    `addTask needs a function, but got ${kindOf(given)}. ` +
      'Pass the function and its arguments: addTask(fn, arg), not addTask(fn(arg)).',
  )
}

function names(tasks: readonly BackgroundTask[]): string {
  return tasks.map((task) => task.name).join(', ')
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (isThenable(value)) return 'a promise'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
