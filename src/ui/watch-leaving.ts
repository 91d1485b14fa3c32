import stringWidth from 'string-width'
import { decisiveStep } from '../check/judge.ts'
import type { Screen } from './screen.ts'
import { type NextCommand, renderNext } from './verdict.ts'
import type { Result, WatchState } from './watch-state.ts'

export interface LeavingState extends Pick<WatchState, 'lesson' | 'checking' | 'result'> {
  /** Absent where a menu follows. */
  readonly next?: NextCommand | undefined
}

/** What stays on the learner's own screen: a line for where the lesson stands, and one that goes on. */
export function renderLeaving({ next, ...state }: LeavingState, screen: Screen): string {
  return `${standing(state, screen)}\n${next === undefined ? '' : `${renderNext([next], screen)}\n`}`
}

/** What has no room is left out from the end. */
function standing({ lesson, checking, result }: Omit<LeavingState, 'next'>, screen: Screen): string {
  const { colour, width } = screen
  const name = colour.bold(`Lesson ${lesson.number}: ${lesson.title}`)
  // Of an older save than the one that was being judged nothing is said: it may be mended.
  const found =
    result === undefined
      ? [colour.dim('not judged yet')]
      : checking === undefined
        ? foundParts(result, screen)
        : [colour.dim('the last check was cut short')]
  const lines = found.map((_, index) => [name, ...found.slice(0, index + 1)].join('  '))
  return lines.findLast((line) => stringWidth(line) <= width) ?? lines[0]!
}

function foundParts(result: Result, { colour }: Screen): readonly string[] {
  if (result.kind === 'broke') return [colour.yellow('? no verdict')]
  const { verdict } = result.verdict
  if (verdict.verdict === 'passed') return [colour.green('✓ passed')]
  const mark = verdict.verdict === 'failed' ? colour.red('✗ not yet') : colour.yellow('? undecided')
  const step = decisiveStep(verdict)
  const where = step?.from ?? step?.where
  return [mark, ...[step?.mistake, where].flatMap((part) => (part === undefined ? [] : colour.dim(part)))]
}
