import { decisiveStep } from '../check/judge.ts'
import type { Verdict } from '../check/verdict.ts'
import type { Screen } from './screen.ts'
import { fallenText } from './fallen.ts'
import { type NextCommand, renderNext } from './verdict.ts'
import { wrap } from './wrap.ts'

interface SummaryLine {
  readonly number: number
  readonly title: string
  readonly verdict: Verdict
}

interface Summary {
  readonly lines: readonly SummaryLine[]
  /** The numbers of lessons that had passed before and now fail. */
  readonly fallen: readonly number[]
}

/** All lessons' verdicts, a line each: the mistake's name and place for those that do not pass. */
export function renderSummary(
  { lines, fallen }: Summary,
  next: readonly NextCommand[],
  screen: Screen,
): string {
  const { colour } = screen
  const widest = Math.max(...lines.map(({ title }) => title.length))
  const rows = lines.map(({ number, title, verdict }) => {
    const mark = { passed: colour.green('✓'), failed: colour.red('✗'), inconclusive: colour.yellow('?') }[
      verdict.verdict
    ]
    const step = decisiveStep(verdict)
    const place = [step?.mistake ?? (step ? 'undecided' : ''), step?.where].filter(Boolean).join('  ')
    return `${mark} ${number}  ${place === '' ? title : `${title.padEnd(widest)}  ${colour.dim(place)}`}`
  })
  const passed = lines.filter(({ verdict }) => verdict.verdict === 'passed').length
  const total = colour.bold(`${passed} of ${lines.length} passed`)
  return `${[rows.join('\n'), total, fallen.length > 0 && colour.yellow(wrap(fallenText(fallen), screen)), renderNext(next, screen)].filter(Boolean).join('\n\n')}\n`
}
