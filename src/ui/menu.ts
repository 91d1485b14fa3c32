import stringWidth from 'string-width'
import type { Screen } from './screen.ts'
import { cut } from './timeline-label.ts'
import { wrap } from './wrap.ts'

export interface MenuItem {
  readonly name: string
  /** To be typed instead of looked for. */
  readonly number?: number
  /** A sign of one column, painted. */
  readonly mark?: string
  /** Said below while the cursor is here. */
  readonly detail?: string
  /** Stands apart from what is above. */
  readonly apart?: boolean
}

export interface MenuState {
  /** What stands above, for this screen. */
  readonly head: (screen: Screen) => string
  readonly question: string
  readonly items: readonly MenuItem[]
  /** What was typed. */
  readonly term: string
  /** Position in what `findItems` finds. */
  readonly active: number
  /** Esc leads somewhere. */
  readonly back: boolean
  /** The terminal's lines. */
  readonly rows: number
}

/** Those that fit what was typed: a number, or words that the name has. All while nothing is typed. */
export function findItems<T extends MenuItem>(items: readonly T[], term: string): readonly T[] {
  const words = term.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return items.filter(({ name, number }) =>
    words.every((word) => `${number ?? ''}`.startsWith(word) || name.toLowerCase().includes(word)),
  )
}

/** Above the cursor's line and with it, and below it: so the terminal's cursor stands behind what is typed. */
export function renderMenu(state: MenuState, screen: Screen): readonly [string, string] {
  const { colour } = screen
  const found = findItems(state.items, state.term)
  const above = `${state.head(screen)}\n\n${colour.cyan('?')} ${colour.bold(state.question)} ${state.term}`
  const detail = found[state.active]?.detail
  const below = [
    '',
    detail === undefined ? '' : colour.dim(wrap(detail, narrow(screen), '  ')),
    colour.dim(wrap(`${keys}${state.back ? 'Esc goes back' : 'Ctrl-C leaves'}`, narrow(screen), '  ')),
  ].filter((text, index) => index === 0 || text !== '')
  const room = state.rows - lineCount(above) - lineCount(below.join('\n')) - 1
  return [above, [...itemLines(found, state, { screen, room }), ...below].join('\n')]
}

const keys = '↑↓, number or name · Enter opens · '

/** No wider, so that a terminal made narrower wraps none of it: what wraps cannot be drawn over cleanly. */
const widest = 60

function narrow(screen: Screen): Screen {
  return { ...screen, width: Math.min(screen.width, widest) }
}

interface Space {
  readonly screen: Screen
  /** Lines. */
  readonly room: number
}

function itemLines(
  found: readonly MenuItem[],
  { items, active }: MenuState,
  { screen, room }: Space,
): readonly string[] {
  const { colour } = screen
  if (found.length === 0) return [colour.yellow('  Nothing fits. Backspace takes a letter back.')]
  const columns = {
    marks: items.some(({ mark }) => mark !== undefined),
    numbers: items.some(({ number }) => number !== undefined),
  }
  const lines = found.flatMap((item, index) => {
    const line = itemLine(item, { chosen: index === active, columns }, screen)
    return item.apart && index > 0 ? [gap, line] : [line]
  })
  const at = lines.findIndex((line) => line.startsWith(colour.cyan(cursor)))
  return windowed(lines.length > room ? lines.filter((line) => line !== gap) : lines, { at, room })
}

const gap = ''
const cursor = '❯'

/** What stands before the names. */
interface Columns {
  readonly marks: boolean
  readonly numbers: boolean
}

function itemLine(
  { name, number, mark }: MenuItem,
  { chosen, columns }: { readonly chosen: boolean; readonly columns: Columns },
  screen: Screen,
): string {
  const { colour, width } = screen
  const sign = columns.marks ? `${mark ?? ' '} ` : ''
  const key = columns.numbers ? `${number === undefined ? ' ' : colour.dim(String(number))}  ` : ''
  const lead = `${chosen ? colour.cyan(cursor) : ' '} ${sign}${key}`
  const text = cut(name, Math.max(8, Math.min(width, widest) - stringWidth(lead) - 1), screen)
  return `${lead}${chosen ? colour.cyan(text) : text}`
}

/** So many lines around the cursor's as there is room for. */
function windowed(
  lines: readonly string[],
  { at, room }: { readonly at: number; readonly room: number },
): readonly string[] {
  const count = Math.max(3, room)
  if (lines.length <= count) return lines
  const from = Math.max(0, Math.min(at - Math.floor(count / 2), lines.length - count))
  return lines.slice(from, from + count)
}

function lineCount(text: string): number {
  return text.split('\n').length
}
