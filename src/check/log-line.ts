import { type Expectation, type Finding, passed, skipped } from './define-check.ts'
import { judgeOrder, type OrderAdvice } from './log-order.ts'
import { neverRan } from './missing-line.ts'
import { addedAt } from './place.ts'
import type { TraceEventOf } from './trace.ts'
import { logFile, type Phase, quoted, type TraceView } from './trace-view.ts'
import type { Mistake } from './verdict.ts'
import { anotherLine, ownLine, unendedLine } from './wrong-line.ts'

type TextOf = string | ((view: TraceView) => string)

/** One line the log must get. `phase` is the probe's mark under which it is looked for. */
export interface LogLine {
  text(view: TraceView): string
  readonly phase: Phase
  /** The request whose task writes it. */
  readonly of: string | undefined
  appearsOnce(): Expectation
}

/** The words for one line, or for several as one step. */
export function logLine(text: TextOf, options: { readonly in?: string; readonly of?: string } = {}): LogLine {
  const line: LogLine = {
    text: (view) => (typeof text === 'function' ? text(view) : text),
    phase: options.in,
    of: options.of ?? options.in,
    appearsOnce: () => logLines([line]).appearOnce(),
  }
  return line
}

export interface LogLines {
  appearOnce(title?: string): Expectation
  /** In the file in this order, each begun only after the one before was let go. */
  inOrder(title?: string, advice?: OrderAdvice): Expectation
}

export function logLines(lines: readonly LogLine[] | ((view: TraceView) => readonly LogLine[])): LogLines {
  const all = (view: TraceView) => (typeof lines === 'function' ? lines(view) : lines)
  const expected = (view: TraceView) => all(view).map((line) => line.text(view))
  const count = Array.isArray(lines) ? lines.length : 2
  return {
    appearOnce: (title = count === 1 ? 'The line is in the log, once' : 'Each line is in the log, once') => ({
      title,
      lines: expected,
      judge(view, known) {
        if (!view.of('reply').length) return skipped
        // A probe that stopped early never asked for some of them.
        const asked = all(view).filter(({ of }) => of === undefined || view.request(of))
        const findings = asked.map((line) => judgeLine(view, line, { known, own: expected(view) }))
        return worst(findings) ?? passed
      },
    }),
    inOrder: (title = 'The lines come in order', advice) => ({
      title,
      judge: (view) => judgeOrder(view, { lines: all(view), advice }),
    }),
  }
}

const precedence: readonly Mistake[] = [
  'log-overwritten',
  'log-elsewhere',
  'log-line-repeated',
  'log-line-wrong',
  'task-never-ran',
]

function worst(findings: readonly Finding[]): Finding | undefined {
  const all = findings.filter(({ status }) => status === 'failed')
  // Empty lines too many are what is left of other lines that went wrong.
  const others = all.filter(
    ({ mistake, expected }) => mistake !== 'log-line-repeated' || expected !== quoted(''),
  )
  const failed = others.length > 0 ? others : all
  // An empty line is the poorest example of many.
  const rank = ({ mistake }: Finding) => precedence.indexOf(mistake!)
  const telling = (finding: Finding) => (finding.expected === quoted('') ? 1 : 0)
  return failed.toSorted((a, b) => rank(a) - rank(b) || telling(a) - telling(b))[0]
}

interface Beside {
  /** The lines that any step of the check expects. */
  readonly known: readonly string[]
  /** Those that this one does. */
  readonly own: readonly string[]
}

function judgeLine(view: TraceView, line: LogLine, { known, own }: Beside): Finding {
  const text = line.text(view)
  const lines = view.lines(line.phase)
  const count = lines.filter((seen) => seen.text === text).length
  const failed = (mistake: Mistake, more: Partial<Finding>): Finding => ({
    status: 'failed',
    mistake,
    expected: quoted(text),
    ...more,
  })

  const truncating = view.of('write').findLast(replaces)
  // Who writes the whole file back may lose lines by it, or double them.
  if (view.log.overwritten || (count !== 1 && truncating)) {
    return failed('log-overwritten', overwritten(view, truncating))
  }
  if (count === 1) return passed
  if (count > 1) return failed('log-line-repeated', repeated(view, { line, count }))
  const elsewhere = inAnotherFile(view, text)
  if (elsewhere) {
    const { file, where } = elsewhere
    const detail = `The line is in ${file}, not in log.txt.`
    return failed('log-elsewhere', { detail, ...(where === undefined ? {} : { where }) })
  }
  const other = lines.find((seen) => !known.includes(seen.text))
  if (other) return failed('log-line-wrong', anotherLine(view, { expected: text, actual: other.text, known }))
  const rest = view.log.text.slice(view.log.text.lastIndexOf('\n') + 1)
  if (rest !== '') {
    const write = view.of('write').findLast(({ file }) => file === logFile)
    const which = rest === text ? 'The line' : 'The last line'
    return failed('log-line-wrong', unendedLine(`${which} has no newline at its end.`, { text: rest, write }))
  }
  const unended = view.of('write').find((write) => {
    return (
      write.file === logFile && text !== '' && view.inPhase(write, line.phase) && write.text.endsWith(text)
    )
  })
  if (unended) {
    const detail = 'The line was written without a newline at its end.'
    return failed('log-line-wrong', unendedLine(detail, { text: unended.text.trim(), write: unended }))
  }
  // An empty line is one that another step may expect; here, none of this one's lines is empty.
  const isEmpty = line.phase !== undefined && !own.includes('') && lines.some((seen) => seen.text === '')
  if (isEmpty) return failed('log-line-wrong', anotherLine(view, { expected: text, actual: '', known }))
  return failed('task-never-ran', { actual: 'nothing', ...neverRan(view, line) })
}

function replaces({ file, truncates }: TraceEventOf<'write'>): boolean {
  return file === logFile && truncates
}

function overwritten(view: TraceView, write: TraceEventOf<'write'> | undefined): Partial<Finding> {
  const place = write ? ownLine(write) : {}
  // Who writes more than a line at once has read the others before.
  if (view.of('write').some((each) => replaces(each) && each.text.trim().includes('\n'))) {
    return {
      detail: 'The whole file was written back as it had been read before: what came in between is gone.',
      next: 'Do not read it and write it back: `appendFile` adds to the end in one step.',
      ...place,
    }
  }
  const detail = view.log.overwritten
    ? 'What stood in log.txt before is gone.'
    : 'The line is gone: a later write replaced the whole file.'
  return { detail, ...place }
}

function repeated(
  view: TraceView,
  { line, count }: { readonly line: LogLine; readonly count: number },
): Partial<Finding> {
  const text = line.text(view)
  const writes = view.writesOf(text, line.phase)
  const [first, last] = [writes[0], writes.at(-1)]
  const actual = `${count} ${text === '' ? 'empty lines' : 'times'}`
  const detail = `The line is in the log ${count} times, not once.`
  if (!last) return { detail, actual }
  if (first?.request !== last.request) {
    const next =
      'Give each task values of its own: what stands outside the handler is shared by all requests.'
    return { detail: `${detail} The task of another request wrote it again.`, actual, next, ...ownLine(last) }
  }
  // Written by one line of code again and again, it is the calls that are too many, but for a task's own loop.
  const sameTask = last.task !== undefined && writes.every(({ task }) => task === last.task)
  const sameLine = writes.every(({ where }) => where === last.where)
  const place = sameLine && !sameTask ? addedAt(view, last) : ownLine(last)
  const interval = view.of('timer-set').some(({ repeats, where }) => {
    return repeats && where !== undefined && (where === place.where || where === place.from)
  })
  const next = '`setInterval` runs again and again: take `setTimeout`, which runs once.'
  return { detail, actual, ...(interval ? { next } : {}), ...place }
}

function inAnotherFile(
  view: TraceView,
  text: string,
): { readonly file: string; readonly where?: string } | undefined {
  if (text === '') return undefined
  const has = (content: string) => content.split('\n').includes(text)
  return (
    view
      .of('write')
      .find((write) => write.file !== logFile && has(write.text) && !hasFailed(view, write.id)) ??
    view.of('file').find((file) => !file.watched && has(file.text))
  )
}

function hasFailed(view: TraceView, id: number): boolean {
  return view.of('write-end').some((end) => end.id === id && end.error !== undefined)
}
