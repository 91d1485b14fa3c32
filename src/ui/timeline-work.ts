import type { TraceEventOf } from '../check/trace.ts'
import { logFile, type TraceView } from '../check/trace-view.ts'
import { answerOf, seenUntil } from './timeline-answer.ts'
import type { DelayRow, Row, TaskRow } from './timeline-model.ts'
import { isFrame, ownerOf, ownersOf } from './timeline-owner.ts'

/** Something written, whose it is, and the label it was written under. */
interface Output {
  readonly owner: string | undefined
  readonly label: string | undefined
  readonly at: number
  readonly row: TaskRow
}

interface Timer extends TraceEventOf<'timer-set'> {
  readonly firedAt: number | undefined
}

/** What the learner's code did for a request; with `undefined`, for none that we know of. */
export function workOf(view: TraceView, request: string | undefined): readonly Row[] {
  const timers = timersOf(view)
  const used = new Set<number>()
  const outputs = withPrinted(view, [...writesIn(view), ...linesOfOthers(view)])
  const tasks = outputs.map((output) => {
    const timer = timers.find((each) => !used.has(each.id) && leadsTo(view, each, output))
    if (timer) used.add(timer.id)
    return { ...output, row: timer ? delayed(output.row, timer) : output.row }
  })
  const delays = timers.filter((timer) => timer.request === request && !used.has(timer.id))
  return [
    ...tasks.filter(({ owner }) => owner === request).map(({ row }) => row),
    ...folded(delays.flatMap((timer) => delayRow(view, timer))),
  ]
}

function writesIn(view: TraceView): readonly Output[] {
  return view.of('write').flatMap((write) => {
    const { id, at, file, text, held, where, request: label } = write
    const end = view.of('write-end').find((event) => event.id === id)
    const error = end?.error
    const row = {
      kind: 'task',
      target: file === logFile ? 'log' : 'file',
      begunAt: at,
      ...(held ? { held: { until: view.letGoAt(write) } } : {}),
      ...(end ? { endedAt: end.at } : {}),
      ...(error === undefined ? {} : { error }),
      ...(where === undefined ? {} : { where }),
    } as const
    if (file !== logFile)
      return { owner: ownerOf(view, { at, text, label }), label, at, row: { ...row, text: file } }
    // A queue may write the lines of several requests at once.
    const owners = new Map<string | undefined, string[]>()
    const all = linesOf(text)
    for (const [index, owner] of ownersOf(view, all, { at, label }).entries())
      owners.set(owner, [...(owners.get(owner) ?? []), all[index]!])
    return [...owners].map(([owner, lines]) => {
      return {
        owner,
        label,
        at,
        row: { ...row, text: lines.length > 1 ? `${lines[0]} …` : (lines[0] ?? '') },
      }
    })
  })
}

/** Lines of the log that no write seen in the learner's process explains: another process wrote them. */
function linesOfOthers(view: TraceView): readonly Output[] {
  const written = view.of('write').flatMap(({ file, text }) => (file === logFile ? text.split('\n') : []))
  let bytes = 0
  return view.lines().flatMap(({ at: seenAt, text }) => {
    bytes += new TextEncoder().encode(text).length + 1
    const index = written.indexOf(text)
    if (index >= 0) {
      written.splice(index, 1)
      return []
    }
    if (isFrame(text)) return []
    const owner = ownerOf(view, { at: seenAt, text })
    const at = Math.min(seenAt, knownBy(view, owner, bytes))
    return [{ owner, label: undefined, at, row: { kind: 'task', target: 'log', text, endedAt: at } as const }]
  })
}

/** The log is looked at now and then; what stood in it when a response began was there by then. */
function knownBy(view: TraceView, request: string | undefined, bytes: number): number {
  const responding = view.of('responding').find((event) => event.request === request)
  return responding && bytes <= responding.logged ? responding.at : Number.POSITIVE_INFINITY
}

/** Printed lines are a request's if they say so; one that repeats a line of the log belongs to that. */
function withPrinted(view: TraceView, outputs: readonly Output[]): readonly Output[] {
  const printed = view.of('console').flatMap(({ at, text }): readonly Output[] => {
    const owner = isFrame(text) ? undefined : ownerOf(view, { at, text })
    if (owner === undefined) return []
    const row = { kind: 'task', target: 'console', text, begunAt: at, endedAt: at } as const
    return [{ owner, label: owner, at, row }]
  })
  const same = (a: Output, b: Output) => a.owner === b.owner && a.row.text === b.row.text
  const logged = outputs.map((output) =>
    output.row.target === 'log' && printed.some((line) => same(line, output))
      ? { ...output, row: { ...output.row, printed: true } }
      : output,
  )
  return [...logged, ...printed.filter((line) => !outputs.some((output) => same(line, output)))].toSorted(
    (a, b) => a.at - b.at,
  )
}

function timersOf(view: TraceView): readonly Timer[] {
  return view.of('timer-set').map((timer) => {
    return { ...timer, firedAt: view.of('timer-fired').find(({ id }) => id === timer.id)?.at }
  })
}

/** A wait and what is done as soon as it is over are one task. */
const atOnceMs = 50

function leadsTo(view: TraceView, timer: Timer, { at, owner, label, row }: Output): boolean {
  const { firedAt } = timer
  if (firedAt === undefined || firedAt > at || at - firedAt > atOnceMs) return false
  if (row.begunAt === undefined || timer.request !== label) return false
  // A poll that was set going before the request waited for nobody in particular.
  const asked = owner === undefined ? undefined : view.request(owner)
  if (asked && timer.at < asked.at) return false
  // A wait before the response and a write after it were two things to whoever waited for the reply.
  const answer = owner === undefined ? undefined : answerOf(view, owner)
  const between = answer?.kind === 'reply' && firedAt <= answer.sentAt && answer.sentAt < at
  return !between || row.target === 'console'
}

function delayed(row: TaskRow, { at, firedAt = at }: Timer): TaskRow {
  const delay = { from: at, to: firedAt }
  // What is printed comes through a pipe, which is late: it was printed when the wait was over.
  return row.target === 'console' ? { ...row, delay, begunAt: firedAt, endedAt: firedAt } : { ...row, delay }
}

function delayRow(view: TraceView, { at, ms, where, firedAt }: Timer): readonly DelayRow[] {
  const place = where === undefined ? {} : { where }
  if (firedAt !== undefined)
    return [{ kind: 'delay', from: at, to: firedAt, over: true, ms, count: 1, ...place }]
  // It was cleared, unless the trace ends before its time and without proof that nothing was left.
  const over = view.of('idle').some((idle) => idle.proved && idle.at > at)
  const ends = seenUntil(view)
  return over || at + ms < ends
    ? []
    : [{ kind: 'delay', from: at, to: ends, over: false, ms, count: 1, ...place }]
}

/** Waits at one place, one after another, are one row. */
function folded(delays: readonly DelayRow[]): readonly DelayRow[] {
  const rows: DelayRow[] = []
  for (const delay of delays) {
    const last = rows.at(-1)
    const next = last?.over && last.to <= delay.from && last.ms === delay.ms && delay.over
    if (!next || last.where !== delay.where) rows.push(delay)
    else rows[rows.length - 1] = { ...last, to: delay.to, count: last.count + 1 }
  }
  return rows
}

/** The lines that say something; of an empty text, one empty line. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.length > 0 ? lines : ['']
}
