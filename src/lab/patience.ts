import { clock } from './recorder.ts'

const tickMs = 25
/** A tick later than this says that the machine is slow, not what is waited for. */
const lateMs = 150

export interface PatienceOptions {
  /** Milliseconds to wait, counted only while this process gets to run; asked for on each tick. */
  readonly ms: number | (() => number)
  /** Looked at on each tick: `true` starts the count anew, but never beyond `atMost`. */
  readonly renewed?: () => boolean
  readonly atMost?: number
}

interface Waiter {
  check(): void
  abort(): void
}

/**
 * Waits for conditions, but not for ever. Bounds are counted in time in which this process ran on
 * time: a suspended laptop or a starved machine uses none of them up.
 */
export interface Patience {
  /** Resolves with whether `condition` came true; looked at on every `changed` and on each tick. */
  until(condition: () => boolean, options: PatienceOptions): Promise<boolean>
  /** Something that conditions may rest on has changed. */
  changed(): void
  /** Forgets the signal, which may live on through many runs. */
  end(): void
}

export function createPatience(onBusy: (ms: number) => void, signal: AbortSignal | undefined): Patience {
  const waiters = new Set<Waiter>()
  const abortAll = () => {
    for (const waiter of waiters) waiter.abort()
  }
  signal?.addEventListener('abort', abortAll)
  return {
    changed() {
      for (const waiter of waiters) waiter.check()
    },
    end: () => signal?.removeEventListener('abort', abortAll),
    until(condition, { ms, renewed, atMost = 0 }) {
      const bound = () => (typeof ms === 'function' ? ms() : ms)
      return new Promise((resolve, reject) => {
        let spent = 0
        let total = 0
        let last = clock()
        const end = (settle: () => void) => {
          clearInterval(timer)
          waiters.delete(waiter)
          settle()
        }
        const waiter: Waiter = {
          check() {
            if (condition()) end(() => resolve(true))
          },
          abort: () => end(() => reject(signal?.reason as Error)),
        }
        const timer = setInterval(() => {
          const elapsed = clock() - last
          last += elapsed
          if (elapsed > lateMs) onBusy(Math.round(elapsed))
          const counted = Math.min(elapsed, 2 * tickMs)
          total += counted
          spent = renewed?.() ? 0 : spent + counted
          if (condition()) end(() => resolve(true))
          else if (spent >= bound() || total >= Math.max(bound(), atMost)) end(() => resolve(false))
        }, tickMs)
        waiters.add(waiter)
        if (signal?.aborted) waiter.abort()
        else waiter.check()
      })
    },
  }
}
