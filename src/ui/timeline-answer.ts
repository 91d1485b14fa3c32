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
  // What the lab did afterwards says nothing of the request.
  const last = view.events.findLast(({ kind }) => kind !== 'exit' && kind !== 'file')
  return { kind: 'open', at: last?.at ?? 0 }
}
