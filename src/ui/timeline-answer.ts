import type { TraceView } from '../check/trace-view.ts'
import type { Answer } from './timeline-model.ts'

export function answerOf(view: TraceView, request: string): Answer {
  const reply = view.reply(request)
  const handed = view.of('responded').find((event) => event.request === request && event.finished)
  const sentAt = Math.min(...[reply?.at, handed?.at].filter((at) => at !== undefined))
  // Each is told by its own process. A reply that has come was handed over, whichever was told first.
  if (reply) return { kind: 'reply', sentAt, at: reply.at, status: reply.status }
  if (handed) return { kind: 'reply', sentAt }
  const none = view.of('no-reply').find((event) => event.request === request)
  if (none) return { kind: 'none', at: none.at, reason: none.reason }
  return { kind: 'open', at: seenUntil(view) }
}

/** What the lab did to end the run says nothing of the learner's code. */
export function seenUntil(view: TraceView): number {
  return view.events.findLast(({ kind }) => kind !== 'exit' && kind !== 'file')?.at ?? 0
}
