import { logFile, type TraceView } from './trace-view.ts'
import type { Note } from './verdict.ts'

/** Remarks on an answer that passes. */
export function notesOn(view: TraceView): readonly Note[] {
  const early = startedEarly(view)
  return early ? [early] : []
}

/**
 * A task that begins inside its request, without holding the reply. It works, but it takes time from
 * the handler, and if it is slow to begin, the client waits for that. A delay that ended before the
 * reply is the handler's own.
 */
function startedEarly(view: TraceView): Note | undefined {
  const fired = new Map(view.of('timer-fired').map(({ id, at }) => [id, at]))
  const begun = view.events.find((event) => {
    if (event.kind !== 'timer-set' && !(event.kind === 'write' && event.file === logFile)) return false
    const { request } = event
    if (request === undefined || !event.unfinished.includes(request)) return false
    if (event.kind === 'write') return true
    const end = view.responded(request)?.at ?? Number.POSITIVE_INFINITY
    return (fired.get(event.id) ?? Number.POSITIVE_INFINITY) > end
  })
  if (begun?.kind !== 'write' && begun?.kind !== 'timer-set') return undefined
  const what = begun.kind === 'write' ? 'Writing the log' : `A delay of ${begun.ms} ms`
  const detail = `${what} began inside the request, before its response had ended. The reply did not wait for it here.`
  // Who began it is the line to look at; what it did first may stand in ready-made code.
  const where = begun.from ?? begun.where
  return { note: 'starts-early', detail, ...(where === undefined ? {} : { where }) }
}
