import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { emit } from './channel.ts'
import type { Heart } from './heart.ts'
import { patch } from './patch.ts'
import type { TimerWatch } from './watch-timers.ts'

interface Settling {
  readonly heart: Heart
  readonly server: Server
  readonly sockets: ReadonlySet<Socket>
  readonly timers: TimerWatch
  /** How many child processes and worker threads of the learner's are alive. */
  readonly helpers: () => number
}

/** How often an interval has to tick before its doing nothing is worth telling. */
const idleTicks = 2

/**
 * Proves that nothing more will happen by itself: with the server and its connections unreferenced,
 * Node's own `beforeExit` comes when no timer, task, file, child or worker is left. What then still
 * waits can only be moved from outside: by the gate, or by a client. The server is referenced again
 * at once, so the process goes on as if nothing had been asked; the learner's own listeners for
 * `beforeExit`, which never comes while a server listens, are not told.
 *
 * Two things are waited for beyond that. A timer that the learner's code unreferenced is no reason
 * for Node to stay, and its task is one all the same. An interval would keep the process up for ever:
 * it is unreferenced and has to tick twice. As long as one lives, or a child process or a worker thread
 * that may be unreferenced too, nothing is `proved`.
 */
export function answerSettling({ heart, server, sockets, timers, helpers }: Settling): void {
  const asked = new Set<number>()
  let ticksBefore = new Map<object, number>()
  const onceEmpty = catchEmptyLoop()
  heart.onSettle((id) => {
    ticksBefore = new Map(timers.intervals().map((timer) => [timer, timer.fired]))
    asked.add(id)
    if (asked.size === 1) unreference()
  })

  function unreference(): void {
    server.unref()
    for (const socket of sockets) socket.unref()
    for (const interval of timers.intervals()) interval.unref()
    onceEmpty(() => {
      const waitMs = stillToCome()
      // Keeps the loop going until then; `beforeExit` comes again after it.
      if (waitMs !== undefined) setTimeout(() => undefined, waitMs)
      reference()
      if (waitMs !== undefined) return unreference()
      const proved = timers.intervals().length === 0 && helpers() === 0
      for (const id of asked) emit('settled', { id, proved })
      asked.clear()
    })
  }

  function reference(): void {
    server.ref()
    for (const socket of sockets) socket.ref()
    for (const interval of timers.intervals()) interval.ref()
  }

  /** Milliseconds until the next of the timers that Node does not wait for. */
  function stillToCome(): number | undefined {
    const pending = [
      ...timers.timeouts(),
      ...timers.intervals().filter((timer) => timer.fired < (ticksBefore.get(timer) ?? 0) + idleTicks),
    ]
    return pending.length === 0 ? undefined : Math.min(...pending.map(({ ms }) => ms))
  }
}

/** Node says by `process.emit` that the loop ran empty: whoever asked is told in place of all listeners. */
function catchEmptyLoop(): (listener: () => void) => void {
  let asking: (() => void) | undefined
  patch(
    process,
    'emit',
    (original) =>
      function emitEvent(...args: unknown[]) {
        if (args[0] !== 'beforeExit' || !asking) return original.apply(process, args)
        const listener = asking
        asking = undefined
        listener()
        return true
      },
  )
  return (listener) => {
    asking = listener
  }
}
