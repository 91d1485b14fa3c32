import type { Finding } from './define-check.ts'
import { type Place, addedAt, placed } from './place.ts'
import type { TraceEventOf } from './trace.ts'
import { logFile, quoted, type TraceView } from './trace-view.ts'

type Wrong = Omit<Finding, 'status' | 'mistake'>

/** Another line stands in the place of the one expected: `known` are those that are right. */
export function anotherLine(
  view: TraceView,
  {
    expected,
    actual,
    known,
  }: { readonly expected: string; readonly actual: string; readonly known: readonly string[] },
): Wrong {
  const write = view
    .of('write')
    .find(({ file, text }) => file === logFile && text.replace(/\n$/, '').split('\n').includes(actual))
  const cut = isCut(expected, actual)
  const value = cut ? undefined : wrongValue(expected, actual)
  const next = cut ? writeAll : (value ?? wrongText(expected, actual))
  const caller = write && !cut && (value !== undefined || wroteRight(view, { write, known }))
  return {
    detail: 'The log has another line in its place.',
    actual: quoted(shortened(actual)),
    ...(next === undefined ? {} : { next }),
    ...(write ? (caller ? addedAt(view, write) : ownLine(write)) : {}),
  }
}

/** A line without its end: `text` is what stands there instead. */
export function unendedLine(
  detail: string,
  { text, write }: { readonly text: string; readonly write: TraceEventOf<'write'> | undefined },
): Wrong {
  const next = text.includes('/n')
    ? 'A newline is written `\\n`, with a backslash.'
    : 'End what you write with `\\n`: nothing else adds it.'
  return { detail, actual: quoted(shortened(text)), next, ...(write ? ownLine(write) : {}) }
}

export function ownLine({ where }: TraceEventOf<'write'>): Place {
  return placed({ where, from: undefined })
}

/** What JavaScript writes for a value that is not the one meant, and what to do about it. */
function wrongValue(expected: string, actual: string): string | undefined {
  const has = (pattern: RegExp) => pattern.test(actual) && !pattern.test(expected)
  if (has(/\[object Promise\]/)) return 'That is a promise, not its value: await it first.'
  if (has(/\[object \w+\]/)) return 'That is a whole object: name the part of it that belongs in the line.'
  if (has(/\b(undefined|null|NaN)\b/)) {
    return 'A value was not there when the line was made. Is it read from the right place, awaited, and handed over, as in `addTask(fn, value)`?'
  }
  if (/\) (?:=> )?\{$/.test(actual)) return 'That is the text of a function: it was not called.'
  if (actual === '' || (expected.startsWith(actual) && actual.endsWith(' '))) {
    return 'A value was empty when the line was made. What stands after the `?` is read with `c.req.query(…)`, a part of the path with `c.req.param(…)`.'
  }
  return undefined
}

const writeAll = 'The line ends too early: write all of it, however long it is.'

/** More is missing at its end than a value. */
function isCut(expected: string, actual: string): boolean {
  return actual !== '' && expected.startsWith(actual) && /\S \S+ \S/.test(expected.slice(actual.length))
}

function wrongText(expected: string, actual: string): string | undefined {
  const isLeft = /\{\w[\w.()]*\}/
  if (isLeft.test(actual) && !isLeft.test(expected)) {
    return 'Values are filled in between backticks only, and with a dollar sign: `${value}`.'
  }
  if (actual.trim() === expected) return 'There are spaces too many at its ends.'
  return undefined
}

/** Code that wrote other lines as they should be is not at fault: who called it is. */
function wroteRight(
  view: TraceView,
  { write, known }: { readonly write: TraceEventOf<'write'>; readonly known: readonly string[] },
): boolean {
  return view.of('write').some(({ where, text }) => {
    return where !== undefined && where === write.where && known.includes(text.replace(/\n$/, ''))
  })
}

/** At a space, where there is one: half a word tells nothing. */
function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100).replace(/ \S*$/, ' ')}…` : text
}
