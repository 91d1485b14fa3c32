import type { Finding } from './define-check.ts'
import type { LogLine } from './log-line.ts'
import { placed } from './place.ts'
import type { TraceEventOf } from './trace.ts'
import { busyBetween, milliseconds, type TraceView } from './trace-view.ts'

interface Question {
  readonly lines: readonly LogLine[]
  /** From when on delays count. */
  readonly from: number
}

/**
 * A delay before the reply belongs to the task if the task had none of its own after it. So a
 * handler's own delay is let be, and a task cut in two, its slow half awaited, is not.
 *
 * "Before" is judged by the server's clock: on a busy machine the client sees a reply late.
 */
export function waitedForDelay(
  view: TraceView,
  reply: TraceEventOf<'reply'>,
  { lines, from }: Question,
): Finding | undefined {
  const { request } = reply
  const end = view.responded(request)?.at ?? reply.at
  const delays = delaysOf(view)
  const last = delays.findLast((delay) => {
    return (
      delay.request === request && delay.unfinished.includes(request) && delay.at >= from && delay.end < end
    )
  })
  const started =
    (view.of('handling').find((event) => event.request === request) ?? view.request(request))?.at ?? end
  const waitedMs = end - Math.max(started, from, lastReleaseBefore(view, end))
  for (const line of lines) {
    const writtenAt = firstTrace(view, line)
    if (writtenAt === undefined) continue
    const ownDelay = delays.some((delay) => delay.end > end && delay.end <= writtenAt)
    if (ownDelay) continue
    if (last) {
      const detail = `The reply came after ${milliseconds(reply.ms)}: it waited for ${last.what}.`
      return { ...failed(detail, request), ...placed(last) }
    }
    if (waitedMs < slowMs || writtenAt - end >= waitedMs / 10) continue
    if (busyBetween(view, end - waitedMs, end) > waitedMs / 2) {
      const detail = `The reply came after ${milliseconds(reply.ms)}, but this machine was too busy to say why. Close what you can, then check again.`
      return { status: 'inconclusive', detail, request }
    }
    const detail = `The reply came after ${milliseconds(reply.ms)}, and the task was done right then: its wait came before the reply.`
    return failed(detail, request)
  }
  return undefined
}

/** Without a delay that can be seen, only time is left to judge by: a wait this long, and a tenth of it after. */
const slowMs = 1000

function failed(detail: string, request: string): Finding {
  return { status: 'failed', mistake: 'waits-for-task', detail, request }
}

/** Until then the reply was late because of the check itself. */
function lastReleaseBefore(view: TraceView, at: number): number {
  return view.of('release').findLast((release) => release.at < at)?.at ?? 0
}

interface SeenDelay {
  readonly at: number
  /** Infinity where its end was not seen. */
  readonly end: number
  readonly what: string
  readonly where?: string
  readonly from?: string
  readonly request?: string
  /** The requests whose response was not handed over when it began. */
  readonly unfinished: readonly string[]
}

/** What a task may wait for: its timers and its child processes, in the order they ended. */
function delaysOf(view: TraceView): readonly SeenDelay[] {
  const fired = new Map(view.of('timer-fired').map(({ id, at }) => [id, at]))
  const ended = new Map(view.of('child-ended').map(({ id, at }) => [id, at]))
  const never = Number.POSITIVE_INFINITY
  const timers = view.of('timer-set').map(({ id, ms, ...timer }) => {
    return { ...timer, end: fired.get(id) ?? never, what: `a delay of ${ms} ms` }
  })
  const children = view.of('child-started').map(({ id, ...child }) => {
    return { ...child, end: ended.get(id) ?? never, what: 'a child process' }
  })
  return [...timers, ...children].toSorted((a, b) => a.end - b.end)
}

/** When a task was first seen to have done something: its line written, or printed. */
function firstTrace(view: TraceView, line: LogLine): number | undefined {
  const text = line.text(view)
  const seen = [...view.writesOf(text), ...view.lines().filter((event) => event.text === text)]
  const printed = view.of('console').filter((event) => event.text === text)
  return [...seen, ...printed].map(({ at }) => at).toSorted((a, b) => a - b)[0]
}
