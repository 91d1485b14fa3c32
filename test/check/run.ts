import type { Trace, TraceEvent } from '../../src/check/trace.ts'

type Timed<E> = E extends unknown ? Omit<E, 'at'> & { readonly at?: number } : never

/** An event whose time is left to `run`, unless it matters. */
export type Event = Timed<TraceEvent>

/** A hand-written trace: each event comes one millisecond after the one before, unless it says when. */
export function run(...events: Event[]): Trace {
  let at = 0
  const timed = events.map((event) => {
    at = event.at ?? at + 1
    return { ...event, at }
  })
  return { nonce: 'nonce', events: timed }
}

export const started = [{ kind: 'start' }, { kind: 'ready', startUpMs: 80 }] as const

export function request(name: string, path = `/${name}/`): Event {
  return { kind: 'request', request: name, method: 'POST', path }
}

export function replied(name: string, status = 200, body: unknown = { ok: true }): Event {
  return { kind: 'reply', request: name, status, body: JSON.stringify(body), ms: 5 }
}

export const hold = { kind: 'hold', file: 'log.txt' } as const
export const release = { kind: 'release', file: 'log.txt', one: false } as const

interface WriteOptions {
  readonly id?: number
  readonly held?: boolean
  readonly request?: string
  readonly unfinished?: readonly string[]
  readonly file?: string
  readonly truncates?: boolean
  readonly stream?: number
  readonly thread?: number
  readonly where?: string
  readonly from?: string
  readonly added?: string
  readonly task?: number
  readonly sync?: boolean
  readonly at?: number
}

/** A write of one line to the log. */
export function write(text: string, options: WriteOptions = {}): Event {
  const {
    id = 1,
    held = false,
    file = 'log.txt',
    truncates = false,
    unfinished = [],
    sync = false,
    ...rest
  } = options
  return {
    kind: 'write',
    id,
    file,
    text: `${text}\n`,
    sync,
    truncates,
    held,
    unfinished,
    where: 'app.ts:7',
    ...rest,
  }
}

/** The line as it was seen in the file. */
export function line(text: string): Event {
  return { kind: 'line', file: 'log.txt', text }
}

/** What the log holds at the end of the run. */
export function logged(text: string, overwritten = false): Event {
  return { kind: 'file', file: 'log.txt', text, overwritten, watched: true }
}
