import { type Finding, passed, skipped } from './define-check.ts'
import { waitedForDelay } from './delays.ts'
import type { LogLine } from './log-line.ts'
import { type Alike, writtenByAnother } from './other-writers.ts'
import { calledAt, type Place, placed } from './place.ts'
import { cameRightThen, threadOf } from './right-then.ts'
import type { TraceEventOf } from './trace.ts'
import { logFile, milliseconds, type TraceView } from './trace-view.ts'

export interface WaitOptions {
  /**
   * The task is slow before it writes: a delay of its own must not come before the reply either.
   * `after` says from when on delays count (milliseconds on the trace's clock).
   */
  readonly slow?: boolean | { readonly after: (view: TraceView) => number }
  /** Requests like this one, each with its line: what one of them shows goes for all. */
  readonly alike?: (view: TraceView) => readonly Alike[]
  /** What to try next, where a lesson knows better than the words for all of them. */
  readonly next?: string
}

interface Question extends WaitOptions {
  /** The request's. */
  readonly name: string
  /** What the tasks write. */
  readonly lines: readonly LogLine[]
}

/** Whether a reply waited for tasks, and on which line of the learner's. */
export function waitsFor(view: TraceView, question: Question): Finding {
  const { name, lines, slow = false, alike = () => [], next } = question
  const reply = view.reply(name)
  if (!reply || !view.request(name)) return skipped
  const from = typeof slow === 'object' ? slow.after(view) : 0
  const findings = [
    waitedForGate(view, reply),
    writtenByAnother(view, reply, { lines, alike: alike(view) }),
    slow === false ? undefined : waitedForDelay(view, reply, { lines, from }),
  ]
  const first = (status: Finding['status']) => findings.find((finding) => finding?.status === status)
  const held = repliedUnderHold(view, reply) ? ', while the log was held' : ''
  const detail = `The reply came after ${milliseconds(reply.ms)}${held}.`
  const failed = first('failed')
  if (failed) return next === undefined ? failed : { ...failed, next }
  // A handler that threw may never have come to its task: nothing is shown by its reply.
  return first('inconclusive') ?? (reply.status >= 500 ? skipped : { ...passed, detail })
}

type Reply = TraceEventOf<'reply'>

/**
 * The reply came only when the log was let go, and a write was waiting there: the request's own, or
 * any other once it is proved that nothing else was left that could have brought the reply.
 */
function waitedForGate(view: TraceView, reply: Reply): Finding | undefined {
  const asked = view.request(reply.request)?.at ?? 0
  const release = firstReleaseSince(view, asked)
  if (!release || reply.at < release.at) return undefined
  const waiting = view.of('write').filter((event) => {
    const letGo = view.letGoAt(event) ?? Number.POSITIVE_INFINITY
    return event.file === logFile && event.held && event.at < release.at && letGo >= release.at
  })
  const own = waiting.find(({ at }) => at > asked)
  const proved = provedStuck(view, reply.request, release)
  // Without a proof, a reply that was late for a reason of its own is let be: it does not come right then.
  const rightThen = () => cameRightThen(view, { name: reply.request, asked, release })
  const write = proved ? (own ?? waiting.at(-1)) : own && rightThen() ? own : undefined
  if (!write) return own && threadWroteBefore(view, reply, own) ? untold(reply) : undefined
  const thread = threadOf(view, write)
  // What a thread writes is right: to wait for it is not, and that is done where it was made.
  const place = thread ? placed({ where: thread.where, from: undefined }) : calledAt(view, write)
  return {
    status: 'failed',
    mistake: 'waits-for-task',
    detail: `While the log was held, no reply came. It came ${milliseconds(reply.at - release.at)} after the log was let go.${heldWrite(write, place)}`,
    request: reply.request,
    ...place,
  }
}

/** Others had a word meanwhile, or it had its own long before: the reply may have waited for it, or not. */
function threadWroteBefore(view: TraceView, reply: Reply, { id, thread }: TraceEventOf<'write'>): boolean {
  const written = view.of('write-end').find((end) => end.id === id)
  return thread !== undefined && written !== undefined && written.at < reply.at
}

function untold({ request, ms }: Reply): Finding {
  const detail = `The reply came after ${milliseconds(ms)}, some time after a worker thread had written the line: whether it waited for that cannot be told.`
  const next = 'Check again. If it stays like this, write the line from the server’s own thread.'
  return { status: 'inconclusive', detail, request, next }
}

function heldWrite({ thread, where }: TraceEventOf<'write'>, { from }: Place): string {
  if (thread === undefined) return from === undefined ? '' : ` What was held is called from ${from}.`
  return ` What was held is written by a worker thread${where === undefined ? '' : `, at ${where}`}.`
}

/** It was proved that the reply could not come, and nothing but the log was let go since. */
function provedStuck(view: TraceView, name: string, release: TraceEventOf<'release'>): boolean {
  return view.of('held-up').some(({ request, proved, at }) => {
    if (request !== name || !proved || at > release.at) return false
    return !view.of('release').some((other) => other.at > at && other.at < release.at)
  })
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
