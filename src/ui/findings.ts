import type { Screen } from './screen.ts'
import { wrap } from './wrap.ts'

/** One thing a doctor looked at. Information never makes a machine unfit. */
export interface Finding {
  readonly name: string
  readonly status: 'fine' | 'problem' | 'information'
  /** What was seen. */
  readonly detail: string
  /** What to do about a problem. */
  readonly hint?: string
}

export function renderFindings(findings: readonly Finding[], screen: Screen): string {
  const { colour, plain } = screen
  const marks = {
    fine: colour.green(plain ? '+' : '✓'),
    problem: colour.red(plain ? 'x' : '✗'),
    information: colour.dim(plain ? '.' : '·'),
  }
  const width = Math.max(...findings.map(({ name }) => name.length))
  const indent = ' '.repeat(width + 4)
  const lines = findings.map(({ name, status, detail, hint }) => {
    const text = wrap(hint === undefined ? detail : `${detail}\n${hint}`, screen, indent).trimStart()
    return `${marks[status]} ${name.padEnd(width)}  ${status === 'information' ? colour.dim(text) : text}`
  })
  const problems = findings.filter(({ status }) => status === 'problem').length
  const verdict =
    problems === 0
      ? colour.green('This machine is fit for the course.')
      : colour.red(`${problems} ${problems === 1 ? 'problem' : 'problems'} to solve first.`)
  return `${lines.join('\n')}\n\n${verdict}\n`
}
