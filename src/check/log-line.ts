import { type Expectation, type Finding, passed, skipped } from './define-check.ts'
import { thrownIn } from './thrown.ts'
import { logFile, type Phase, type TraceView } from './trace-view.ts'
import type { Mistake } from './verdict.ts'

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
  inOrder(title?: string): Expectation
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
        const findings = asked.map((line) => judgeLine(view, line, known))
        return worst(findings) ?? passed
      },
    }),
    inOrder: (title = 'The lines come in order') => ({
      title,
      judge: (view) => judgeOrder(view, all(view)),
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

function judgeLine(view: TraceView, line: LogLine, known: readonly string[]): Finding {
  const text = line.text(view)
  const expected = quoted(text)
  const lines = view.lines(line.phase)
  const count = lines.filter((seen) => seen.text === text).length
  const truncating = view.of('write').findLast(({ file, truncates }) => file === logFile && truncates)
  const failed = (mistake: Mistake, detail: string, more: Partial<Finding> = {}): Finding => ({
    status: 'failed',
    mistake,
    detail,
    expected,
    ...more,
  })
  const at = (where: string | undefined) => (where === undefined ? {} : { where })

  if (view.log.overwritten || (count === 0 && truncating)) {
    const what = view.log.overwritten
      ? 'What stood in log.txt before is gone.'
      : 'The line is gone: a later write replaced the whole file.'
    return failed('log-overwritten', what, at(truncating?.where))
  }
  if (count === 1) return passed
  const writes = view.writesOf(text, line.phase)
  if (count > 1) {
    const times = text === '' ? 'empty lines' : 'times'
    return failed('log-line-repeated', `The line is in the log ${count} times, not once.`, {
      actual: `${count} ${times}`,
      ...at(writes.at(-1)?.where),
    })
  }
  const elsewhere = inAnotherFile(view, text)
  if (elsewhere)
    return failed('log-elsewhere', `The line is in ${elsewhere.file}, not in log.txt.`, at(elsewhere.where))
  const other = lines.find((seen) => !known.includes(seen.text))
  const rest = view.log.text.slice(view.log.text.lastIndexOf('\n') + 1)
  if (other) {
    const where = view
      .of('write')
      .find((write) => write.file === logFile && write.text.includes(other.text))?.where
    return failed('log-line-wrong', 'The log has another line in its place.', {
      actual: quoted(other.text),
      ...(isMissingArgument(text, other.text)
        ? {
            next: 'Something was not passed along: hand the arguments over too, as in `addTask(fn, argument)`.',
          }
        : {}),
      ...at(where),
    })
  }
  if (rest !== '') {
    const where = view.of('write').findLast((write) => write.file === logFile)?.where
    const detail =
      rest === text ? 'The line has no newline at its end.' : 'The last line has no newline at its end.'
    return failed('log-line-wrong', detail, { actual: quoted(rest), ...at(where) })
  }
  const unended = view.of('write').find((write) => {
    return (
      write.file === logFile && text !== '' && view.inPhase(write, line.phase) && write.text.endsWith(text)
    )
  })
  if (unended) {
    const detail = 'The line was written without a newline at its end.'
    return failed('log-line-wrong', detail, { actual: quoted(unended.text.trim()), ...at(unended.where) })
  }
  return { ...failed('task-never-ran', ''), actual: 'nothing', ...neverRan(view, line) }
}

/** Why a line is missing, as far as the trace shows it. */
function neverRan(view: TraceView, line: LogLine): Partial<Finding> {
  const text = line.text(view)
  const thrown = thrownIn(view, line.of)
  if (thrown) return thrown
  const reply = line.of === undefined ? undefined : view.reply(line.of)
  if (reply && reply.status >= 400) {
    return {
      detail: `The request was answered ${reply.status}, and its line never came.`,
      request: reply.request,
    }
  }
  const printed = view.of('console').find((event) => event.text === text)
  if (printed) {
    return {
      detail: 'The line was printed on the console, and never written to log.txt.',
      next: 'Append it to log.txt as well.',
    }
  }
  const idle = view.of('idle').at(-1)
  if (!idle || idle.proved) return { detail: 'The line never came, and the server had nothing left to do.' }
  return {
    detail: `The line did not come while the server was watched for ${Math.round(idle.waitedMs / 1000)} s.`,
  }
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

/** JavaScript writes `undefined` where an argument was left out. */
function isMissingArgument(expected: string, actual: string): boolean {
  return /\b(undefined|null|NaN)\b/.test(actual) && !/\b(undefined|null|NaN)\b/.test(expected)
}

function hasFailed(view: TraceView, id: number): boolean {
  return view.of('write-end').some((end) => end.id === id && end.error !== undefined)
}

function judgeOrder(view: TraceView, lines: readonly LogLine[]): Finding {
  for (const [index, line] of lines.slice(1).entries()) {
    const before = lines[index]!
    const [first, second] = [before.text(view), line.text(view)]
    const seen = view.lines(line.phase).map(({ text }) => text)
    if (!seen.includes(first) || !seen.includes(second)) return skipped
    const [a] = view.writesOf(first, before.phase)
    const [b] = view.writesOf(second, line.phase)
    const where = b?.where === undefined ? {} : { where: b.where }
    const expected = `${quoted(first)}, then ${quoted(second)}`
    if (seen.indexOf(first) > seen.indexOf(second)) {
      const detail = `${quoted(second)} came first.`
      const next =
        'Add the tasks in the order in which they are to run: what stands after `await next()` is added last.'
      return { status: 'failed', mistake: 'wrong-order', detail, expected, next, ...where }
    }
    if (!a || !b || a.id === b.id || (a.stream !== undefined && a.stream === b.stream)) continue
    const letGo = view.letGoAt(a)
    if (a.held && letGo !== undefined && b.at < letGo) {
      const detail = `${quoted(second)} began to be written while ${quoted(first)} was still held: nothing makes it wait its turn.`
      return { status: 'failed', mistake: 'wrong-order', detail, expected, ...where }
    }
  }
  return passed
}

function quoted(text: string): string {
  return text === '' ? 'an empty line' : `“${text}”`
}
