import { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import { emit } from './channel.ts'
import { currentLabel } from './labels.ts'
import { patch } from './patch.ts'
import { whereNow } from './where.ts'

/** Timers shorter than this are scheduling, not waiting. */
const shortestTimerMs = 50
let lastTimer = 0

/** Records the learner's timers, and scheduling calls that are handed a result and not a function. */
export function watchCalls(lessonDir: string): void {
  watchTimers(lessonDir)
  const seesFunction = (call: string, argument: unknown, below: (...args: never[]) => unknown) => {
    if (typeof argument === 'function') return
    const where = whereNow(lessonDir, below)
    if (where) emit('not-a-function', { call, where })
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
  syncBuiltinESMExports()
}

function watchTimers(lessonDir: string): void {
  const started = (ms: unknown, below: (...args: never[]) => unknown): number | undefined => {
    const delay = Number(ms)
    if (!(delay >= shortestTimerMs)) return undefined
    const where = whereNow(lessonDir, below)
    if (!where) return undefined
    emit('timer-set', { id: ++lastTimer, ms: delay, where, port: currentLabel() })
    return lastTimer
  }
  const promised = timersPromises.setTimeout
  for (const name of ['setTimeout', 'setInterval'] as const) {
    patch(
      globalThis,
      name,
      (original) =>
        function setTimer(callback: unknown, ms?: unknown, ...args: unknown[]) {
          if (typeof callback !== 'function') {
            const where = whereNow(lessonDir, setTimer)
            if (where) emit('not-a-function', { call: name, where })
            return original(callback, ms, ...args)
          }
          const id = started(ms, setTimer)
          if (id === undefined) return original(callback, ms, ...args)
          return original(
            function fired(this: unknown, ...given: unknown[]) {
              emit('timer-fired', { id })
              return callback.apply(this, given) as unknown
            },
            ms,
            ...args,
          )
        },
    )
    timers[name] = globalThis[name] as never
  }
  async function wait(ms?: number, value?: unknown, options?: object): Promise<unknown> {
    const id = started(ms, wait)
    const result = await promised(ms, value, options)
    if (id !== undefined) emit('timer-fired', { id })
    return result
  }
  timersPromises.setTimeout = wait as typeof promised
  const scheduler = timersPromises.scheduler as { wait: (ms: number, options?: object) => Promise<unknown> }
  scheduler.wait = (ms, options) => wait(ms, undefined, options)
}
