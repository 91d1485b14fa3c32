import type { Finding } from './define-check.ts'
import type { LogLine } from './log-line.ts'
import { rightThenMs } from './right-then.ts'
import type { TraceEventOf } from './trace.ts'
import { milliseconds, type TraceView } from './trace-view.ts'

/** A request with the line of its task. */
export interface Alike {
  readonly name: string
  readonly line: LogLine
}

interface Question {
  readonly lines: readonly LogLine[]
  readonly alike: readonly Alike[]
}

/**
 * A child process writes past the gate, so the hold proves nothing. A line that stood in the log when
 * the response began came before the reply; but a process that nobody waits for may be that fast. It
 * is no race any more when the child was started for this request and the response begins as it ends, or
 * when every one of many requests alike shows the same; and one reply before its line clears all, or one
 * that waited for nothing at all.
 */
export function writtenByAnother(
  view: TraceView,
  reply: TraceEventOf<'reply'>,
  { lines, alike }: Question,
): Finding | undefined {
  const { request } = reply
  for (const line of lines) {
    const seen = lineBeforeReply(view, { name: request, line })
    if (!seen || view.writesOf(line.text(view), line.phase).length > 0) continue
    const child = childAwaited(view, request, seen)
    if (seen.atOnce && !child) continue
    const others = alike.filter(({ name }) => view.reply(name))
    if (others.some((other) => !lineBeforeReply(view, other))) continue
    if (!child && others.length < manyAlike) {
      const detail =
        'Another process wrote the line before the reply, and whether the reply waited for it cannot be told.'
      const next = 'Check again. If it stays like this, write the line from the server’s own thread.'
      return { status: 'inconclusive', detail, request, next }
    }
    return {
      status: 'failed',
      mistake: 'waits-for-task',
      detail: `The line was in the log before the reply, which came after ${milliseconds(reply.ms)}.`,
      request,
      ...(child?.where === undefined ? {} : { where: child.where }),
    }
  }
  return undefined
}

const manyAlike = 8

/**
 * A child process that was started for this request and had ended right before its response began. One
 * that had ended earlier, or before a delay of the handler's own, may have been waited for or not.
 */
function childAwaited(
  view: TraceView,
  name: string,
  responding: TraceEventOf<'responding'>,
): TraceEventOf<'child-started'> | undefined {
  const ended = view.of('child-ended')
  const asked = view.request(name)?.at ?? 0
  return view.of('child-started').find(({ id, at }) => {
    const end = ended.find((event) => event.id === id)?.at ?? Number.POSITIVE_INFINITY
    const agoMs = responding.at - end
    return at > asked && agoMs >= 0 && agoMs < rightThenMs && !delayEnded(view, name, [end, responding.at])
  })
}

/** Whether a delay that was set in this request ended in between. */
function delayEnded(view: TraceView, name: string, [from, to]: readonly [number, number]): boolean {
  const own = new Set(view.of('timer-set').flatMap(({ id, request }) => (request === name ? id : [])))
  return view.of('timer-fired').some(({ id, at }) => own.has(id) && at > from && at < to)
}

/** How the response began, if the line stood in the log by then. */
function lineBeforeReply(view: TraceView, { name, line }: Alike): TraceEventOf<'responding'> | undefined {
  const end = endOfLine(view, line)
  return view
    .of('responding')
    .find(({ request, logged }) => request === name && end !== undefined && end <= logged)
}

/** Where the first such line of its phase ends, in bytes of this run. */
function endOfLine(view: TraceView, line: LogLine): number | undefined {
  const text = line.text(view)
  const [first] = view.lines(line.phase)
  const before = first ? view.lines().indexOf(first) : 0
  const lines = view.log.text.split('\n')
  const index = lines.indexOf(text, before)
  if (index === -1) return undefined
  return Buffer.byteLength(lines.slice(0, index + 1).join('\n')) + 1
}
