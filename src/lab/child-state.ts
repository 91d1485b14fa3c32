import { blockingMs } from '../check/server-step.ts'
import type { TraceEvent } from '../check/trace.ts'
import type { ChildMessage } from './child/channel.ts'
import { clock, type Recorder } from './recorder.ts'

/** How long a server that stands still is waited for, so that the verdict can say for how long it stood. */
const longestStallMs = 5000

/** A timer that is set again and again, and nothing comes of it, is a poller: it is not waited for. */
const pollingTicks = 3

/** A timer counts as waited for until this long after it was due: it may have been cleared. */
const overdueMs = 500

/**
 * What the lab knows of a learner's process from what it told: turned into events of the trace,
 * and kept as facts that waits look at.
 */
export interface ChildState {
  take(message: ChildMessage): void
  /** Something was seen of the learner's code that it did not tell itself. */
  stir(): void
  /** The client's own port for the request named `as`, by which the child's messages name it. */
  connected(localPort: number, as: string): void
  readonly port: number | undefined
  readonly startFailed: boolean
  /** The last file the child began to import. */
  readonly importing: boolean
  handled(as: string): boolean
  /** The server has handed the whole response over: what is left is the way to the client. */
  responded(as: string): boolean
  done(id: number): boolean
  /** The event loop has run empty, but for the server, what a hold keeps back, and intervals. */
  settled(id: number): boolean
  /** And there was no interval, child process or worker: nothing more will happen by itself. */
  proved(id: number): boolean
  /** Held writes that wait at a gate. */
  readonly waiting: number
  /** Those that wait at this file's. */
  waitingAt(file: string): number
  /** How many held writes were let go so far. */
  readonly letGo: number
  /** A held sync write stops the learner's main thread. */
  readonly stopped: boolean
  /**
   * The event loop stood still for so long that the verdict is known, or is still standing after
   * `longestStallMs`: nothing more can be learned here.
   */
  stuck(): boolean
  /** A timer of the learner's is still running, and it is no poller's. */
  timersPending(): boolean
  /** Rises with everything that the learner's code does, timers apart. */
  readonly activity: number
}

interface ChildStateOptions {
  readonly recorder: Recorder
  /** How much stood in the log before this run. */
  readonly seedBytes: number
  /** Called after each thing the child told. */
  readonly changed: () => void
}

interface HeldWrite {
  readonly sync: boolean
  readonly file: string
  readonly thread?: number
}

interface DueTimer {
  readonly at: number
  readonly ms: number
  readonly where: string
  /** It will fire another time after this one. */
  readonly repeats: boolean
}

interface Asked {
  readonly port: number
  readonly method: string
  readonly path: string
}

interface Answered {
  readonly port: number
  /** Absent when the connection closed too soon. */
  readonly status?: number
}

export function createChildState({ recorder, seedBytes, changed }: ChildStateOptions): ChildState {
  const { record, startedAt } = recorder
  const names = new Map<number, string>()
  const handled = new Set<string>()
  const responded = new Set<string>()
  const done = new Set<number>()
  const settled = new Map<number, boolean>()
  const held = new Map<number, HeldWrite>()
  const due = new Map<number, DueTimer>()
  /** How often timers set on a line have fired since anything else was done. */
  const ticks = new Map<string, number>()
  const asked = new Map<string, number>()
  let strangers = 0
  let port: number | undefined
  let startFailed = false
  let importing = false
  let activity = 0
  let letGo = 0
  let blocked = false
  let standingSince: number | undefined

  function take({ k: kind, t: at, ...fields }: ChildMessage): void {
    if (kind === 'done') done.add(fields['id'] as number)
    else if (kind === 'settled') settled.set(fields['id'] as number, fields['proved'] as boolean)
    else if (kind === 'importing') importing = true
    else if (kind === 'asked') noteAsked(fields as unknown as Asked, at)
    else if (kind === 'answered') noteAnswered(fields as unknown as Answered, at)
    else if (kind !== 'exiting') note(event(kind, at, fields), at)
    changed()
  }

  /** A request that the lab did not send, and so only the child can tell of. */
  function noteAsked({ port: clientPort, method, path }: Asked, at: number): void {
    const request = `#${++strangers}`
    names.set(clientPort, request)
    asked.set(request, at)
    record({ kind: 'request', request, method, path }, at)
  }

  /** Its reply is known from this side only: what was handed over counts as arrived. */
  function noteAnswered({ port: clientPort, status }: Answered, at: number): void {
    const request = names.get(clientPort)
    if (request === undefined) return
    const ms = Math.round((at - (asked.get(request) ?? at)) * 100) / 100
    asked.delete(request)
    if (status === undefined)
      record({ kind: 'no-reply', request, reason: 'connection-lost', waitedMs: ms }, at)
    else record({ kind: 'reply', request, status, body: '', ms }, at)
  }

  function event(
    kind: string,
    at: number,
    { port: clientPort, ...fields }: Record<string, unknown>,
  ): TraceEvent {
    if (kind === 'ready') {
      port = clientPort as number
      return { kind, at, startUpMs: Math.round(at - startedAt) }
    }
    if (kind === 'responding') fields['logged'] = (fields['size'] as number) - seedBytes
    const request = typeof clientPort === 'number' ? names.get(clientPort) : undefined
    const { unfinished: ports } = fields as { readonly unfinished?: readonly number[] }
    const unfinished = ports?.flatMap((each) => names.get(each) ?? [])
    return {
      kind,
      at,
      ...fields,
      ...(request === undefined ? {} : { request }),
      ...(unfinished === undefined ? {} : { unfinished }),
    } as unknown as TraceEvent
  }

  function note(seen: TraceEvent, at: number): void {
    if (seen.kind === 'start-failed') {
      // A file imported later is no failure to start, and the first reason is the true one.
      if (startFailed || port !== undefined) return
      startFailed = true
    }
    if (!tick(seen, at)) {
      activity++
      ticks.clear()
    }
    if (seen.kind === 'handling') handled.add(seen.request)
    if (seen.kind === 'responded') responded.add(seen.request)
    if (seen.kind === 'write' && seen.held) held.set(seen.id, seen)
    if (seen.kind === 'write-let-go' && held.delete(seen.id)) letGo++
    // What a thread that was ended would have written is not waited for.
    if (seen.kind === 'worker-ended')
      for (const [id, { thread }] of held) if (thread === seen.id) held.delete(id)
    if (seen.kind === 'stall' && port !== undefined) {
      standingSince = seen.lasting ? at : undefined
      blocked ||= !seen.lasting && seen.ms >= blockingMs
    }
    record(seen, at)
  }

  function tick(seen: TraceEvent, at: number): boolean {
    if (seen.kind === 'timer-set') {
      const { ms, where = '', repeats = false } = seen
      due.set(seen.id, { at: at + ms, ms, where, repeats })
    }
    if (seen.kind === 'timer-fired') {
      const timer = due.get(seen.id)
      due.delete(seen.id)
      // What an interval did once it may do twice, where once was asked for.
      if (timer?.repeats) due.set(seen.id, { ...timer, at: at + timer.ms, repeats: false })
      ticks.set(timer?.where ?? '', (ticks.get(timer?.where ?? '') ?? 0) + 1)
    }
    return seen.kind === 'timer-set' || seen.kind === 'timer-fired' || seen.kind === 'worker-message'
  }

  return {
    take,
    stir() {
      activity++
    },
    connected: (localPort, as) => names.set(localPort, as),
    get port() {
      return port
    },
    get startFailed() {
      return startFailed
    },
    get importing() {
      return importing
    },
    handled: (as) => handled.has(as),
    responded: (as) => responded.has(as),
    done: (id) => done.has(id),
    settled: (id) => settled.has(id),
    proved: (id) => settled.get(id) === true,
    get waiting() {
      return held.size
    },
    waitingAt: (file) => [...held.values()].filter((write) => write.file === file).length,
    get letGo() {
      return letGo
    },
    get stopped() {
      return [...held.values()].some(({ sync, thread }) => sync && thread === undefined)
    },
    stuck: () => blocked || (standingSince !== undefined && clock() - standingSince > longestStallMs),
    timersPending: () =>
      [...due.values()].some(
        ({ at, where }) => clock() < at + overdueMs && (ticks.get(where) ?? 0) < pollingTicks,
      ),
    get activity() {
      return activity
    },
  }
}
