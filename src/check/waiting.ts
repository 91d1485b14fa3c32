import { type Finding, passed, skipped } from './define-check.ts'
import type { LogLine } from './log-line.ts'
import type { TraceEventOf } from './trace.ts'
import { logFile, type TraceView } from './trace-view.ts'

export interface WaitOptions {
  /**
   * The task is slow before it writes: a delay of its own must not come before the reply either.
   * `after` says from when on delays count (milliseconds on the trace's clock).
   */
  readonly slow?: boolean | { readonly after: (view: TraceView) => number }
}

interface Question extends WaitOptions {
  /** The request's. */
  readonly name: string
  /** What the tasks write. */
  readonly lines: readonly LogLine[]
}

/** Whether a reply waited for tasks, and on which line of the learner's. */
export function waitsFor(view: TraceView, { name, lines, slow = false }: Question): Finding {
  const reply = view.reply(name)
  const request = view.request(name)
  if (!reply || !request) return skipped
  const texts = lines.map((line) => line.text(view))
  return (
    waitedForGate(view, request, reply) ??
    writtenByAnother(view, reply, texts) ??
    (slow
      ? waitedForDelay(view, { reply, texts, from: slow === true ? 0 : slow.after(view) })
      : undefined) ?? {
      ...passed,
      detail: `The reply came after ${milliseconds(reply.ms)}${repliedUnderHold(view, reply) ? ', while the log was held' : ''}.`,
    }
  )
}

type Reply = TraceEventOf<'reply'>

/** The reply came only when the log was let go, and a write was waiting there. */
function waitedForGate(view: TraceView, request: TraceEventOf<'request'>, reply: Reply): Finding | undefined {
  const release = firstReleaseSince(view, request.at)
  if (!release || reply.at < release.at) return undefined
  const write = view.of('write').find((event) => {
    return event.file === logFile && event.held && event.at > request.at && event.at < release.at
  })
  if (!write) return undefined
  const detail = `While the log was held, no reply came. It came ${milliseconds(reply.at - release.at)} after the log was let go.`
  const called = write.from === undefined ? '' : ` What was held is called from ${write.from}.`
  return {
    ...failed(detail + called, reply, write.where),
    ...(write.from === undefined ? {} : { from: write.from }),
  }
}

/**
 * A child process or a worker thread writes past the gate, so the hold proves nothing: a line that
 * stood in the log when the response began came before the reply; one that did not was not waited for.
 */
function writtenByAnother(view: TraceView, reply: Reply, texts: readonly string[]): Finding | undefined {
  const responding = view.of('responding').find(({ request }) => request === reply.request)
  for (const text of texts) {
    if (!responding || view.writesOf(text).length > 0) continue
    const end = endOfLine(view.log.text, text)
    if (end === undefined || end > responding.logged) continue
    if (responding.idleMs < tellableMs) {
      const detail =
        'The line and the reply came so close together that their order cannot be told. Check again.'
      return { status: 'inconclusive', detail, request: reply.request }
    }
    return failed(
      `The line was in the log before the reply, which came after ${milliseconds(reply.ms)}.`,
      reply,
      undefined,
    )
  }
  return undefined
}

/**
 * A thread that was started and not waited for may be this fast; one that was waited for has to
 * report back, a process even has to end. The clock of files ticks every few milliseconds.
 */
const tellableMs = 8

/** Where the first such line ends, in bytes. */
function endOfLine(log: string, text: string): number | undefined {
  const lines = log.split('\n')
  const index = lines.indexOf(text)
  if (index === -1) return undefined
  return Buffer.byteLength(lines.slice(0, index + 1).join('\n')) + 1
}

interface Delay {
  readonly reply: Reply
  readonly texts: readonly string[]
  /** From when on delays count. */
  readonly from: number
}

/**
 * A delay before the reply belongs to the task if the task had none of its own after it. So a
 * handler's own delay is let be, and a task cut in two, its slow half awaited, is not.
 */
function waitedForDelay(view: TraceView, { reply, texts, from }: Delay): Finding | undefined {
  const fired = new Map(view.of('timer-fired').map(({ id, at }) => [id, at]))
  const firedAt = ({ id }: TraceEventOf<'timer-set'>) => fired.get(id) ?? Number.POSITIVE_INFINITY
  const timers = view.of('timer-set')
  const before = timers.filter(
    (timer) => timer.request === reply.request && timer.at >= from && firedAt(timer) < reply.at,
  )
  const last = before.at(-1)
  if (!last) return undefined
  for (const text of texts) {
    const writtenAt = firstTrace(view, text)
    if (writtenAt === undefined) continue
    const ownDelay = timers.some((timer) => firedAt(timer) > reply.at && firedAt(timer) <= writtenAt)
    if (ownDelay) continue
    return failed(
      `The reply came after ${milliseconds(reply.ms)}: it waited for a delay of ${last.ms} ms.`,
      reply,
      last.where,
    )
  }
  return undefined
}

/** When a task was first seen to have done something: its line written, or printed. */
function firstTrace(view: TraceView, text: string): number | undefined {
  const seen = [...view.writesOf(text), ...view.lines().filter((line) => line.text === text)]
  const printed = view.of('console').filter((line) => line.text === text)
  return [...seen, ...printed].map(({ at }) => at).toSorted((a, b) => a - b)[0]
}

function failed(detail: string, { request }: Reply, where: string | undefined): Finding {
  return {
    status: 'failed',
    mistake: 'waits-for-task',
    detail,
    request,
    ...(where === undefined ? {} : { where }),
  }
}

function firstReleaseSince(view: TraceView, at: number): TraceEventOf<'release'> | undefined {
  const hold = view.of('hold').findLast((event) => event.file === logFile && event.at < at)
  if (!hold) return undefined
  const release = view.of('release').find((event) => event.file === logFile && event.at > hold.at)
  return release && release.at > at ? release : undefined
}

function repliedUnderHold(view: TraceView, reply: Reply): boolean {
  const release = firstReleaseSince(view, view.request(reply.request)?.at ?? 0)
  return release !== undefined && reply.at < release.at
}

export function milliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${Math.max(ms, 0.1).toFixed(1)} ms` : `${Math.round(ms)} ms`
}
