import type { Screen } from './screen.ts'
import { wrap } from './wrap.ts'

export interface HintsState {
  readonly title: string
  readonly number: number
  /** All of the lesson's; those from `from` up to but without `to` are shown. */
  readonly hints: readonly string[]
  readonly from: number
  readonly to: number
  readonly next?: { readonly text: string; readonly command: string }
}

export function renderHints({ title, number, hints, from, to, next }: HintsState, screen: Screen): string {
  const { colour } = screen
  const shown = hintTexts({ hints, from, to }, screen)
  const heading = colour.dim(`Lesson ${number}: ${title}`)
  const foot = next && `${colour.dim(`${next.text}:`)} ${colour.cyan(next.command)}`
  return `${[heading, ...shown, foot].filter(Boolean).join('\n\n')}\n`
}

/** Each with its number above it. */
export function hintTexts(
  { hints, from, to }: Pick<HintsState, 'hints' | 'from' | 'to'>,
  screen: Screen,
): readonly string[] {
  return hints.slice(from, to).map((hint, index) => {
    const head = screen.colour.bold(`Hint ${from + index + 1} of ${hints.length}`)
    return `${head}\n${wrap(hint, screen, '  ')}`
  })
}
