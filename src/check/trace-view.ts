import type { Trace, TraceEvent, TraceEventOf } from './trace.ts'

export const logFile = 'log.txt'

/** A stretch of a run: from a probe's mark to its next one; without a mark, the whole run. */
export type Phase = string | undefined

/** A trace with what judging looks up in it. */
export interface TraceView extends Trace {
  of<K extends TraceEvent['kind']>(kind: K): readonly TraceEventOf<K>[]
  request(name: string): TraceEventOf<'request'> | undefined
  reply(name: string): TraceEventOf<'reply'> | undefined
  /** When the server had handed the whole response over. */
  responded(name: string): TraceEventOf<'responded'> | undefined
  /** The JSON of a reply; `undefined` where there is none. */
  json(name: string): unknown
  /** All that this run added to the log, and whether earlier bytes were changed. */
  readonly log: { readonly text: string; readonly overwritten: boolean }
  /** Whole lines of the log in the order they were seen. */
  lines(phase?: Phase): readonly TraceEventOf<'line'>[]
  /** Writes to `file` that hold `text` as a line of its own. */
  writesOf(text: string, phase?: Phase): readonly TraceEventOf<'write'>[]
  /** When a held write was let go; `undefined` for one that never waited, or never got further. */
  letGoAt(write: TraceEventOf<'write'>): number | undefined
  inPhase(event: TraceEvent, phase: Phase): boolean
}

export function viewTrace(trace: Trace): TraceView {
  const { events } = trace
  const of = <K extends TraceEvent['kind']>(kind: K) =>
    events.filter((event): event is TraceEventOf<K> => event.kind === kind)
  const marks = of('mark')
  const log = of('file').findLast(({ file, watched }) => watched && file === logFile)
  const reply = (name: string) => of('reply').find(({ request }) => request === name)

  function inPhase(event: TraceEvent, phase: Phase): boolean {
    if (phase === undefined) return true
    const index = marks.findIndex(({ name }) => name === phase)
    const start = marks[index]
    if (!start) return false
    return event.at >= start.at && event.at < (marks[index + 1]?.at ?? Number.POSITIVE_INFINITY)
  }

  return {
    ...trace,
    of,
    request: (name) => of('request').find(({ request }) => request === name),
    reply,
    responded: (name) => of('responded').find(({ request }) => request === name),
    json: (name) => parseJson(reply(name)?.body),
    log: { text: log?.text ?? '', overwritten: log?.overwritten ?? false },
    lines: (phase) => of('line').filter((event) => event.file === logFile && inPhase(event, phase)),
    writesOf: (text, phase) =>
      of('write').filter(
        (event) => event.file === logFile && inPhase(event, phase) && event.text.split('\n').includes(text),
      ),
    letGoAt: ({ id }) => of('write-let-go').find((event) => event.id === id)?.at,
    inPhase,
  }
}

export function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function milliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${Math.max(ms, 0.1).toFixed(1)} ms` : `${Math.round(ms)} ms`
}

/** Milliseconds of a stretch in which not even the lab could run. */
export function busyBetween(view: TraceView, from: number, to: number): number {
  const late = view.of('busy').filter(({ at }) => at > from && at <= to)
  return late.reduce((sum, { ms }) => sum + ms, 0)
}

export function quoted(text: string): string {
  return text === '' ? 'an empty line' : `“${text}”`
}
