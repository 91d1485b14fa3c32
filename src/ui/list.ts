import stringWidth from 'string-width'
import { renderBar } from './bar.ts'
import type { Screen } from './screen.ts'
import { wrap } from './wrap.ts'

export interface LessonState {
  /** 1 for the first. */
  readonly number: number
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly passed: boolean
  readonly current: boolean
}

/** One line a lesson, two where that is too long; the progress bar below. */
export function renderList(lessons: readonly LessonState[], screen: Screen): string {
  const titleWidth = Math.max(...lessons.map(({ title }) => stringWidth(title)))
  const longest = Math.max(...lessons.map(({ summary }) => stringWidth(summary)))
  const beside = indent + titleWidth + 2 + longest <= screen.width
  const lines = lessons.map((lesson) => {
    const { colour } = screen
    const head = `${stateMark(lesson, screen)} ${lesson.number}  ${lesson.current ? colour.bold(lesson.title) : lesson.title}`
    if (!beside) return `${head}\n${colour.dim(wrap(lesson.summary, screen, ' '.repeat(indent)))}`
    return `${head}${' '.repeat(titleWidth - stringWidth(lesson.title) + 2)}${colour.dim(lesson.summary)}`
  })
  return `${lines.join('\n')}\n\n${renderBar(lessons, screen)}\n`
}

/** Mark, number and the gaps behind them. */
const indent = 5

/** A sign and a colour: neither has to be seen for the other to be understood. */
export function stateMark({ passed, current }: LessonState, { colour, plain }: Screen): string {
  if (passed) return colour.green(plain ? '+' : '✓')
  if (current) return colour.cyan(plain ? '>' : '▶')
  return colour.dim(plain ? '.' : '·')
}
