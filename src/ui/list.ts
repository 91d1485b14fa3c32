import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import { renderBar } from './bar.ts'
import type { Screen } from './screen.ts'
import { textColumns } from './wrap.ts'

export interface LessonState {
  /** 1 for the first. */
  readonly number: number
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly passed: boolean
  readonly current: boolean
}

/** One line a lesson (two where it is narrow), the progress bar below. */
export function renderList(lessons: readonly LessonState[], screen: Screen): string {
  const titleWidth = Math.max(...lessons.map(({ title }) => stringWidth(title)))
  const lines = lessons.map((lesson) => lessonLine(lesson, titleWidth, screen))
  return `${lines.join('\n')}\n\n${renderBar(lessons, screen)}\n`
}

function lessonLine(lesson: LessonState, titleWidth: number, screen: Screen): string {
  const { colour } = screen
  const title = lesson.title + ' '.repeat(titleWidth - stringWidth(lesson.title))
  const head = `${stateMark(lesson, screen)} ${lesson.number}  ${lesson.current ? colour.bold(title) : title}`
  const indent = stringWidth(head) + 2
  const room = textColumns(screen) - indent
  // Beside the title where it fits well, else below it.
  const column = room >= 24 ? indent : 5
  const summary = wrapAnsi(lesson.summary, textColumns(screen) - column).split('\n')
  const below = `\n${' '.repeat(column)}`
  return head.trimEnd() + (room >= 24 ? '  ' : below) + summary.map((line) => colour.dim(line)).join(below)
}

/** A sign and a colour: neither has to be seen for the other to be understood. */
export function stateMark({ passed, current }: LessonState, { colour, plain }: Screen): string {
  if (passed) return colour.green(plain ? '+' : '✓')
  if (current) return colour.cyan(plain ? '>' : '▶')
  return colour.dim(plain ? '.' : '·')
}
