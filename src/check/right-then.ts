import type { TraceEventOf } from './trace.ts'
import { logFile, type TraceView } from './trace-view.ts'

type Write = TraceEventOf<'write'>

interface Lateness {
  /** The request's name. */
  readonly name: string
  readonly asked: number
  /** The first since then: the reply came after it. */
  readonly release: TraceEventOf<'release'>
}

/**
 * Whether a late reply came right when a write begun since its request was let go, or when the worker
 * thread that wrote had a word with the server's. If others had one too, a process that ended or a thread
 * that was not held up, it may have waited for those.
 */
export function cameRightThen(view: TraceView, { name, asked, release }: Lateness): boolean {
  const end = (view.responded(name) ?? view.reply(name))?.at ?? 0
  const within = ({ at }: { readonly at: number }) => at > release.at && at < end
  const writes = view.of('write').filter(({ file, held, at }) => file === logFile && held && at > asked)
  const letGo = writes.filter((write) => within({ at: view.letGoAt(write) ?? 0 }))
  const threads = new Set(letGo.flatMap(({ thread }) => thread ?? []))
  const words = [...view.of('worker-message'), ...view.of('worker-ended')].filter(within)
  const others = [...words.filter(({ id }) => !threads.has(id)), ...view.of('child-ended').filter(within)]
  if (threads.size > 0 && others.length > 0) return false
  const heldUp = threads.size > 0 ? words : []
  const moments = [release, ...heldUp].map(({ at }) => at)
  const moment = Math.max(...moments, ...letGo.map((write) => view.letGoAt(write) ?? 0))
  return end - moment < rightThenMs
}

export const rightThenMs = 500

/** The worker thread that wrote, if it was not the server's own. */
export function threadOf(view: TraceView, { thread }: Write): TraceEventOf<'worker-started'> | undefined {
  return view.of('worker-started').find(({ id }) => id === thread)
}
