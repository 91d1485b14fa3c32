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
  /**
   * Requests like this one, each with its line. Where another process writes and the order cannot be
   * told here, one reply that came before its line proves that none waits.
   */
  readonly alike?: (view: TraceView) => readonly { readonly name: string; readonly text: string }[]
}

interface Question extends WaitOptions {
  /** The request's. */
  readonly name: string
  /** What the tasks write. */
  readonly lines: readonly LogLine[]
}

/** Whether a reply waited for tasks, and on which line of the learner's. */
export function waitsFor(
  view: TraceView,
  { name, lines, slow = false, alike = () => [] }: Question,
): Finding {
  const reply = view.reply(name)
  const request = view.request(name)
  if (!reply || !request) return skipped
  const texts = lines.map((line) => line.text(view))
  return (
    waitedForGate(view, request, reply) ??
    writtenByAnother(view, reply, { texts, alike: alike(view) }) ??
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
function writtenByAnother(
  view: TraceView,
  reply: Reply,
  {
    texts,
    alike,
  }: {
    readonly texts: readonly string[]
    readonly alike: readonly { readonly name: string; readonly text: string }[]
  },
): Finding | undefined {
  for (const text of texts) {
    const seen = lineBeforeReply(view, reply.request, text)
    if (!seen || view.writesOf(text).length > 0) continue
    const others = alike.filter((other) => view.reply(other.name))
    if (others.some((other) => !lineBeforeReply(view, other.name, other.text))) continue
    const child = childAwaited(view, reply, seen)
    // A thread that nobody waits for loses the race now and then: not one of so many did.
    if (seen.idleMs < tellableMs && !child && others.length < manyAlike) {
      const detail =
        'The line and the reply came so close together that their order cannot be told. Check again.'
      return { status: 'inconclusive', detail, request: reply.request }
    }
    const detail = `The line was in the log before the reply, which came after ${milliseconds(reply.ms)}.`
    return failed(detail, reply, child?.where)
  }
  return undefined
}

/**
 * A thread that was started and not waited for may be this fast; one that was waited for has to
 * report back, a process even has to end. The clock of files ticks every few milliseconds.
 */
const tellableMs = 8

const manyAlike = 8

/** A child process that was started for this request and had ended when its response began. */
function childAwaited(
  view: TraceView,
  reply: Reply,
  responding: TraceEventOf<'responding'>,
): TraceEventOf<'child-started'> | undefined {
  const ended = view.of('child-ended')
  const asked = view.request(reply.request)?.at ?? 0
  return view.of('child-started').find(({ id, at }) => {
    return at > asked && ended.some((end) => end.id === id && end.at < responding.at)
  })
}

/** How the response began, if the line stood in the log by then. */
function lineBeforeReply(
  view: TraceView,
  name: string,
  text: string,
): TraceEventOf<'responding'> | undefined {
  const end = endOfLine(view.log.text, text)
  return view
    .of('responding')
    .find(({ request, logged }) => request === name && end !== undefined && end <= logged)
}

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
  const delays = delaysOf(view)
  const before = delays.filter(
    (delay) => delay.request === reply.request && delay.at >= from && delay.end < reply.at,
  )
  const last = before.at(-1)
  const waitedMs = reply.at - Math.max(reply.at - reply.ms, from, lastReleaseBefore(view, reply.at))
  for (const text of texts) {
    const writtenAt = firstTrace(view, text)
    if (writtenAt === undefined) continue
    const ownDelay = delays.some(({ end }) => end > reply.at && end <= writtenAt)
    if (ownDelay) continue
    if (last) {
      const detail = `The reply came after ${milliseconds(reply.ms)}: it waited for ${last.what}.`
      return failed(detail, reply, last.where)
    }
    if (waitedMs < slowMs || writtenAt - reply.at >= waitedMs / 10) continue
    const busy = view.of('busy').reduce((sum, { ms }) => sum + ms, 0)
    if (busy >= waitedMs / 10) {
      const detail = `The reply came after ${milliseconds(reply.ms)}, but this machine was too busy to say why. Close what you can, then check again.`
      return { status: 'inconclusive', detail, request: reply.request }
    }
    const detail = `The reply came after ${milliseconds(reply.ms)}, and the task was done right then: its wait came before the reply.`
    return failed(detail, reply, undefined)
  }
  return undefined
}

/** Until then the reply was late because of the check itself. */
function lastReleaseBefore(view: TraceView, at: number): number {
  return view.of('release').findLast((release) => release.at < at)?.at ?? 0
}

/** Without a delay that can be seen, only time is left to judge by: a wait this long, and a tenth of it after. */
const slowMs = 1000

interface SeenDelay {
  readonly at: number
  /** Infinity where its end was not seen. */
  readonly end: number
  readonly what: string
  readonly where: string | undefined
  readonly request: string | undefined
}

/** What a task may wait for: its timers and its child processes. */
function delaysOf(view: TraceView): readonly SeenDelay[] {
  const fired = new Map(view.of('timer-fired').map(({ id, at }) => [id, at]))
  const ended = new Map(view.of('child-ended').map(({ id, at }) => [id, at]))
  const never = Number.POSITIVE_INFINITY
  const timers = view.of('timer-set').map(({ id, at, ms, where, request }) => {
    return { at, end: fired.get(id) ?? never, what: `a delay of ${ms} ms`, where, request }
  })
  const children = view.of('child-started').map(({ id, at, where, request }) => {
    return { at, end: ended.get(id) ?? never, what: 'a child process', where, request }
  })
  return [...timers, ...children].toSorted((a, b) => a.end - b.end)
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
