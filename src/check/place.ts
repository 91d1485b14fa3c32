import type { TraceEventOf } from './trace.ts'
import type { TraceView } from './trace-view.ts'

/** Where a step points: the line itself, and the one that called it, where that is the one to change. */
export interface Place {
  readonly where?: string
  readonly from?: string
}

/** A place without the fields that are not known. */
export function placed({ where, from }: { readonly [K in keyof Place]: Place[K] | undefined }): Place {
  return {
    ...(where === undefined ? {} : { where }),
    ...(where === undefined || from === undefined ? {} : { from }),
  }
}

/** The write's own line, and who called it, as far as the stack or the delay before it knows. */
export function calledAt(view: TraceView, write: TraceEventOf<'write'>): Place {
  const { where, from = callerBeforeDelay(view, write) } = write
  return placed({ where, from })
}

/** The same; of a task that a queue has run, the line that handed it over. */
export function addedAt(view: TraceView, write: TraceEventOf<'write'>): Place {
  const { where, from = write.added ?? callerBeforeDelay(view, write) } = write
  return placed({ where, from })
}

/**
 * After a delay that nobody awaits, the stack knows no caller any more; when the delay was set, it still
 * did. What goes on after a delay does so at once: nothing else comes in between.
 */
function callerBeforeDelay(
  view: TraceView,
  { at, where, thread }: TraceEventOf<'write'>,
): string | undefined {
  // Only the server's own delays are seen.
  if (thread !== undefined) return undefined
  const fired = view.of('timer-fired').findLast((event) => event.at <= at)
  if (!fired || at - fired.at > atOnceMs) return undefined
  const timer = view.of('timer-set').find(({ id }) => id === fired.id)
  const sameFile = timer?.where !== undefined && fileOf(timer.where) === fileOf(where ?? '')
  return sameFile ? timer.from : undefined
}

const atOnceMs = 20

function fileOf(where: string): string {
  return where.slice(0, where.lastIndexOf(':'))
}
