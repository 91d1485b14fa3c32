import type * as AsyncHooks from 'node:async_hooks'

/** Runs a function as if it were called where the scope was made, so that AsyncLocalStorage finds its store. */
export interface Scope {
  runInAsyncScope<T>(fn: (...args: never[]) => T, thisArg: undefined, ...args: readonly unknown[]): T
}

// Asked of the process, not imported: the module must load where node:async_hooks does not exist.
const asyncHooks = globalThis.process?.getBuiltinModule?.('node:async_hooks') as typeof AsyncHooks | undefined

export function captureScope(): Scope {
  return asyncHooks ? (new asyncHooks.AsyncResource('BackgroundTask') as Scope) : plainScope
}

const plainScope: Scope = {
  runInAsyncScope: (fn, thisArg, ...args) => fn.apply(thisArg, args as never[]),
}
