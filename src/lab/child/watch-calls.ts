import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { Server } from 'node:net'
import timers from 'node:timers'
import { emit } from './channel.ts'
import { kindOf } from './kind-of.ts'
import { patch } from './patch.ts'
import { whereNow } from './where.ts'

/**
 * Records what no listener and no queue can run: a result where a function belongs, and a server of
 * the learner's own.
 */
export function watchCalls(lessonDir: string): { listens(): boolean } {
  let listens = false
  const seesFunction = (call: string, argument: unknown, below: (...args: never[]) => unknown) => {
    if (typeof argument === 'function') return
    const where = whereNow(lessonDir, below)
    if (where) emit('not-a-function', { call, given: kindOf(argument), where })
  }
  patch(
    globalThis,
    'setImmediate',
    (original) =>
      function setImmediate(...args: unknown[]) {
        seesFunction('setImmediate', args[0], setImmediate)
        return original(...args)
      },
  )
  timers.setImmediate = globalThis.setImmediate
  patch(
    globalThis,
    'queueMicrotask',
    (original) =>
      function queueMicrotask(...args: unknown[]) {
        seesFunction('queueMicrotask', args[0], queueMicrotask)
        return original(...args)
      },
  )
  patch(
    process,
    'nextTick',
    (original) =>
      function nextTick(...args: unknown[]) {
        seesFunction('process.nextTick', args[0], nextTick)
        return original.apply(process, args)
      },
  )
  for (const name of ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'] as const) {
    patch(
      EventEmitter.prototype,
      name,
      (original) =>
        function listen(this: EventEmitter, ...args: unknown[]) {
          if (typeof args[1] !== 'function') seesFunction(`.${name}`, args[1], listen)
          return original.apply(this, args)
        },
    )
  }
  patch(
    Server.prototype,
    'listen',
    (original) =>
      function listen(this: Server, ...args: unknown[]) {
        if (whereNow(lessonDir, listen)) listens = true
        return original.apply(this, args)
      },
  )
  syncBuiltinESMExports()
  return { listens: () => listens }
}
