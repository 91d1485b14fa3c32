import type { TraceEventOf } from '../check/trace.ts'

/**
 * What a timeline draws: a lane for each request, in the order they were sent. Every time in a lane
 * is in milliseconds since its own request was sent, so that lanes compare: on one axis stands how
 * long each client waited and what ran before and after. What came before the first request (the
 * start of the server) is left out.
 */
export interface Timeline {
  readonly lanes: readonly Lane[]
}

export interface Lane {
  /** The request's name; of several alike: `message 1–13`. `undefined`: of no request that we know of. */
  readonly name: string | undefined
  /** `POST /log/` */
  readonly route: string
  readonly handlingAt?: number
  readonly answer: Answer
  readonly rows: readonly Row[]
  /** Where many requests are shown as one: this lane is the one of them that says most. */
  readonly folded?: Folded
  /** The same lane in the learner's previous run, where it tells another story. */
  readonly previous?: Lane
}

export interface Folded {
  readonly count: number
  readonly answered: number
  /** Of those answered. */
  readonly fastestMs: number
  readonly slowestMs: number
}

export type Answer =
  /**
   * `sentAt`: the server had handed the response over whole; what begins later runs after the
   * response. `at`: its last byte reached the client; absent where no client of ours asked.
   */
  | { readonly kind: 'reply'; readonly sentAt: number; readonly at?: number; readonly status?: number }
  | { readonly kind: 'none'; readonly at: number; readonly reason: TraceEventOf<'no-reply'>['reason'] }
  /** Nothing is known yet; `at`: so far the trace goes. */
  | { readonly kind: 'open'; readonly at: number }

export type Row = HoldRow | TaskRow | DelayRow | StallRow | CrashRow

/** Writes to `file` were kept waiting by the check. */
export interface HoldRow {
  readonly kind: 'hold'
  readonly file: string
  readonly from: number
  readonly to: number
}
/** Something was written: a line to the log, another file, a line to the console. */
export interface TaskRow {
  readonly kind: 'task'
  readonly target: 'log' | 'console' | 'file'
  /** The first line of the text; of another file than the log, its name. */
  readonly text: string
  /** The log's line was printed too. */
  readonly printed?: boolean
  /** A wait that led to the write. */
  readonly delay?: { readonly from: number; readonly to: number }
  /** When the write began; absent where another process wrote and only its line was seen. */
  readonly begunAt?: number
  /** When the check let the write go that it had held; `undefined` where it never did. */
  readonly held?: { readonly until: number | undefined }
  /** `undefined`: it never ended. */
  readonly endedAt?: number
  readonly error?: string
  readonly where?: string
}
/** A wait of the learner's that led to no write. */
export interface DelayRow {
  readonly kind: 'delay'
  readonly from: number
  readonly to: number
  /** `false`: the trace ends at `to`, and the delay went on. */
  readonly over: boolean
  readonly ms: number
  /** Waits at one place, one after another. */
  readonly count: number
  readonly where?: string
}
/** The event loop stood still. */
export interface StallRow {
  readonly kind: 'stall'
  readonly from: number
  readonly to: number
  readonly where?: string
}
/** The server ended though nobody asked it to. Stands in the lane of the request sent last. */
export interface CrashRow {
  readonly kind: 'crash'
  readonly at: number
  readonly message: string
  readonly where?: string
}

/** When the response was out: the line between before and after. */
export function answeredAt({ answer }: Lane): number | undefined {
  return answer.kind === 'reply' ? answer.sentAt : undefined
}

export function rowStart(row: Row): number {
  if (row.kind === 'crash') return row.at
  if (row.kind === 'task') return row.delay?.from ?? row.begunAt ?? row.endedAt ?? 0
  return row.from
}

/** When a row's last known moment was. */
export function rowEnd(row: Row): number {
  if (row.kind === 'crash') return row.at
  if (row.kind === 'task') return row.endedAt ?? row.held?.until ?? row.begunAt ?? 0
  return row.to
}

/** On one machine a reply that is out is also there: less than this is the measuring. */
const arrivesAtOnceMs = 5

/** When the client had it, or lost hope. */
export function arrivedAt(answer: Answer): number {
  if (answer.kind !== 'reply') return answer.at
  const { sentAt, at = sentAt } = answer
  return at - sentAt > arrivesAtOnceMs ? at : sentAt
}

export function answerEnd(answer: Answer): number {
  return answer.kind === 'reply' ? (answer.at ?? answer.sentAt) : answer.at
}
