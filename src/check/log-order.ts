import { type Finding, passed, skipped } from './define-check.ts'
import type { LogLine } from './log-line.ts'
import { calledAt, type Place, placed } from './place.ts'
import type { TraceEventOf } from './trace.ts'
import { quoted, type TraceView } from './trace-view.ts'

/** What to try next, where a lesson knows better than the words for all of them. */
export interface OrderAdvice {
  /** The later task began while the earlier one was at work. */
  readonly together?: string
  /** The later task was done when the earlier one began. */
  readonly reversed?: string
}

const usual: Required<OrderAdvice> = {
  together:
    'Give both to `addTask`: its list runs one task after another. And await what a task starts, or it counts as done at once.',
  reversed: 'Add the tasks in the order in which they are to run.',
}

interface Question {
  readonly lines: readonly LogLine[]
  readonly advice?: OrderAdvice | undefined
}

/** In the file in this order, each begun only after the one before was let go. */
export function judgeOrder(view: TraceView, { lines, advice }: Question): Finding {
  const { together, reversed } = { ...usual, ...advice }
  for (const [index, line] of lines.slice(1).entries()) {
    const before = lines[index]!
    const [first, second] = [before.text(view), line.text(view)]
    const seen = view.lines(line.phase).map(({ text }) => text)
    if (!seen.includes(first) || !seen.includes(second)) return skipped
    const [a] = view.writesOf(first, before.phase)
    const [b] = view.writesOf(second, line.phase)
    const expected = `${quoted(first)}, then ${quoted(second)}`
    const failed = { status: 'failed', mistake: 'wrong-order', expected } as const
    if (seen.indexOf(first) > seen.indexOf(second)) {
      const detail = `${quoted(second)} came first.`
      const next = areReversed(a, b) ? reversed : together
      return { ...failed, detail, next, ...outOfTurn(view, { first: a, second: b }) }
    }
    if (!a || !b || a.id === b.id || (a.stream !== undefined && a.stream === b.stream)) continue
    const letGo = view.letGoAt(a)
    if (a.held && letGo !== undefined && b.at < letGo) {
      const detail = `${quoted(second)} began to be written while ${quoted(first)} was still held: nothing waits for the first.`
      return { ...failed, detail, next: together, ...calledAt(view, a) }
    }
  }
  return passed
}

type Write = TraceEventOf<'write'> | undefined

/** The one that is not on the list came before its turn; of two that are, the first is added too late. */
function outOfTurn(
  view: TraceView,
  { first, second }: { readonly first: Write; readonly second: Write },
): Place {
  if (first?.added === undefined) return first ? calledAt(view, first) : {}
  if (second && second.added === undefined) return calledAt(view, second)
  return placed({ where: first.where, from: first.added })
}

/** Of tasks that were handed to a list, the one that began first was added first. */
function areReversed(first: Write, second: Write): boolean {
  return first?.added !== undefined && second?.added !== undefined && second.at < first.at
}
