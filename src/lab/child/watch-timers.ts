import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers'
import timersPromises from 'node:timers/promises'
import { emit } from './channel.ts'
import { kindOf } from './kind-of.ts'
import { currentLabel, unfinishedRequests } from './labels.ts'
import { patch } from './patch.ts'
import { type Place, placeNow } from './where.ts'

/** Timers shorter than this are scheduling, not waiting. */
const shortestTimerMs = 50

interface LearnerTimer {
  readonly ms: number
  /** How often it has fired. */
  fired: number
  /** Cleared, or fired for the last time. */
  isOver(): boolean
  ref(): void
  unref(): void
}

/** Tells of a timer, unless it is too short to count; its id. */
type Start = (ms: unknown, place: Place, repeats?: true) => number | undefined

/** The timers that the learner's code has running. */
export interface TimerWatch {
  /** Those of `setInterval`: they alone keep a process up for ever. */
  intervals(): readonly LearnerTimer[]
  /** Those of `setTimeout`, among them ones that keep no process up (`unref`). */
  timeouts(): readonly LearnerTimer[]
}

export function watchTimers(lessonDir: string): TimerWatch {
  let lastId = 0
  const running = { setTimeout: new Set<LearnerTimer>(), setInterval: new Set<LearnerTimer>() }
  const alive = (set: Set<LearnerTimer>) => {
    for (const timer of set) if (timer.isOver()) set.delete(timer)
    return [...set]
  }

  const started: Start = (ms, place, repeats) => {
    const delay = Number(ms)
    if (!(delay >= shortestTimerMs)) return undefined
    emit('timer-set', {
      id: ++lastId,
      ms: delay,
      repeats,
      ...place,
      port: currentLabel(),
      unfinished: unfinishedRequests(),
    })
    return lastId
  }

  for (const name of ['setTimeout', 'setInterval'] as const) {
    patch(
      globalThis,
      name,
      (original) =>
        function setTimer(callback: unknown, ms?: unknown, ...args: unknown[]) {
          const place = placeNow(lessonDir, setTimer)
          if (place === undefined) return original(callback, ms, ...args)
          if (typeof callback !== 'function') {
            emit('not-a-function', { call: name, given: kindOf(callback), where: place.where })
            return original(callback, ms, ...args)
          }
          const id = started(ms, place, name === 'setInterval' || undefined)
          const fire = function (this: unknown, ...given: unknown[]): unknown {
            timer.fired++
            if (name === 'setTimeout') running[name].delete(timer)
            if (id !== undefined && timer.fired === 1) emit('timer-fired', { id })
            return callback.apply(this, given)
          }
          const handle = original(fire, ms, ...args) as NodeJS.Timeout
          const timer: LearnerTimer = {
            ms: Number(ms) || 1,
            fired: 0,
            isOver: () => isDestroyed(handle),
            ref: () => handle.ref(),
            unref: () => handle.unref(),
          }
          running[name].add(timer)
          return handle
        },
    )
    timers[name] = globalThis[name] as never
  }
  watchPromises(lessonDir, started)
  watchSignals(lessonDir, (ms, place) => {
    const id = started(ms, place)
    const timer = {
      ms,
      fired: 0,
      isOver: () => timer.fired > 0,
      ref: () => undefined,
      unref: () => undefined,
    }
    running.setTimeout.add(timer)
    return () => {
      timer.fired++
      if (id !== undefined) emit('timer-fired', { id })
    }
  })
  syncBuiltinESMExports()
  return { intervals: () => alive(running.setInterval), timeouts: () => alive(running.setTimeout) }
}

/** `AbortSignal.timeout` runs on a timer of Node's own, for which Node does not stay. */
function watchSignals(lessonDir: string, start: (ms: number, place: Place) => () => void): void {
  patch(
    AbortSignal,
    'timeout',
    (original) =>
      function timeout(this: unknown, ms: unknown) {
        const signal = original.call(this, ms) as AbortSignal
        const place = placeNow(lessonDir, timeout)
        if (place !== undefined) signal.addEventListener('abort', start(Number(ms), place), { once: true })
        return signal
      },
  )
}

/** `setTimeout` and `scheduler.wait` of `node:timers/promises`; a promisified `setTimeout` is the first. */
function watchPromises(lessonDir: string, started: Start): void {
  const wait = timersPromises.setTimeout
  async function watched(ms?: number, value?: unknown, options?: object): Promise<unknown> {
    const place = placeNow(lessonDir, watched)
    const id = place === undefined ? undefined : started(ms, place)
    const result = await wait(ms, value, options)
    if (id !== undefined) emit('timer-fired', { id })
    return result
  }
  timersPromises.setTimeout = watched as typeof wait
  timersPromises.scheduler.wait = async (ms, options) => {
    await watched(ms, undefined, options)
  }
}

function isDestroyed(handle: NodeJS.Timeout): boolean {
  return (handle as unknown as { readonly _destroyed?: boolean })._destroyed === true
}
