import type { Trace, TraceEvent } from '../../src/check/trace.ts'

/** Hand-written runs, in whole and half milliseconds. */
export const nonce = 'kxqzwb'
const mail = `Welcome email sent to ada-${nonce}@example.com`

export function trace(...events: readonly TraceEvent[]): Trace {
  const started: readonly TraceEvent[] = [
    { kind: 'start', at: 0 },
    { kind: 'ready', at: 240, startUpMs: 240 },
  ]
  return { nonce, events: [...started, ...events].toSorted((a, b) => a.at - b.at) }
}

interface Sent {
  readonly as: string
  readonly at: number
  readonly path: string
  readonly replyAfter: number
  readonly status?: number
  readonly method?: string
}

/** A request that reaches its handler after 2 ms; the client has the reply half a millisecond after it is out. */
export function answered({ as: request, at, path, replyAfter, ...rest }: Sent): readonly TraceEvent[] {
  const { status = 200, method = 'POST' } = rest
  return [
    { kind: 'request', request, method, path, at },
    { kind: 'handling', request, at: at + 2 },
    { kind: 'responded', request, finished: true, at: at + replyAfter - 0.5 },
    { kind: 'reply', request, status, body: '{}', ms: replyAfter, at: at + replyAfter },
  ]
}

interface Written {
  readonly id: number
  readonly request?: string
  readonly text: string
  readonly from: number
  readonly to: number
  readonly letGoAt?: number
  readonly file?: string
}

/** A write at app.ts:12; of the log, its lines are seen 5 ms later. */
export function wrote({
  id,
  request,
  text,
  from,
  to,
  letGoAt,
  file = 'log.txt',
}: Written): readonly TraceEvent[] {
  const lines = file === 'log.txt' ? text.split('\n').slice(0, -1) : []
  return [
    {
      kind: 'write',
      id,
      file,
      text,
      sync: false,
      truncates: false,
      held: letGoAt !== undefined,
      where: 'app.ts:12',
      unfinished: [],
      at: from,
      ...(request === undefined ? {} : { request }),
    },
    ...(letGoAt === undefined ? [] : [{ kind: 'write-let-go', id, at: letGoAt } as const]),
    { kind: 'write-end', id, at: to },
    ...lines.map((line) => ({ kind: 'line', file, text: line, at: to + 5 }) as const),
  ]
}

interface Waited {
  readonly id: number
  readonly request?: string
  readonly ms: number
  readonly from: number
}

export function waited({ id, request, ms, from }: Waited): readonly TraceEvent[] {
  const label = request === undefined ? {} : { request }
  return [
    { kind: 'timer-set', id, ms, where: 'app.ts:11', unfinished: [], at: from, ...label },
    { kind: 'timer-fired', id, at: from + ms },
  ]
}

const signup = { as: 'first', at: 250, path: `/signup/?email=ada-${nonce}@example.com`, status: 201 }

/** Lesson 1 as it should be: the reply came under a hold, and the mail went out after it. */
export const inBackground = trace(
  { kind: 'hold', file: 'log.txt', at: 249 },
  ...answered({ ...signup, replyAfter: 8 }),
  { kind: 'release', file: 'log.txt', one: false, at: 259 },
  ...waited({ id: 1, request: 'first', ms: 2000, from: 258.5 }),
  ...wrote({ id: 1, request: 'first', text: `${mail}\n`, from: 2259, to: 2260 }),
)

/** Lesson 1 as it comes: the client waits for the mail, and the reply for the check's hold. */
export const awaited = trace(
  { kind: 'hold', file: 'log.txt', at: 249 },
  ...waited({ id: 1, request: 'first', ms: 2000, from: 256 }),
  ...wrote({ id: 1, request: 'first', text: `${mail}\n`, from: 2257, to: 2273, letGoAt: 2271 }),
  { kind: 'release', file: 'log.txt', one: false, at: 2270 },
  ...answered({ ...signup, replyAfter: 2025 }),
)
