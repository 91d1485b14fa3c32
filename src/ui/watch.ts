import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import { renderBar } from './bar.ts'
import type { Screen } from './screen.ts'
import { renderVerdict } from './verdict.ts'
import { keysOf, renderKeys } from './watch-keys.ts'
import { panelParts } from './watch-panels.ts'
import { hasPassed, type Result, type WatchState } from './watch-state.ts'
import { renderWaits, waitsOf } from './watch-waits.ts'
import { wrap } from './wrap.ts'

export interface Viewport extends Screen {
  /** Infinite where output is only ever added to. */
  readonly rows: number
}

/** The whole screen, no line too wide and no row too many: the body, and at its foot the bar and the keys. */
export function renderWatch(state: WatchState, viewport: Viewport): string {
  const layout = layOut(state, viewport)
  const { body, foot, room } = layout
  const top = topOf(state, layout)
  const shown = body.slice(top, top + room)
  const blank = viewport.rows === Infinity ? [] : Array<string>(room - shown.length).fill('')
  const hidden = { above: top, below: body.length - top - shown.length }
  return [...shown, ...blank, renderMore(hidden, viewport), ...foot].join('\n')
}

/** How many lines of the body are above the first one seen. */
export function scrollOf(state: WatchState, viewport: Viewport): number {
  return topOf(state, layOut(state, viewport))
}

/** How many lines of the body are seen at once. */
export function pageOf(state: WatchState, viewport: Viewport): number {
  return layOut(state, viewport).room
}

function topOf({ scroll }: WatchState, { body, newest, room }: Layout): number {
  return Math.min(scroll === 'newest' ? newest : scroll, Math.max(0, body.length - room))
}

interface Layout {
  readonly body: readonly string[]
  /** Where its last part begins. */
  readonly newest: number
  readonly foot: readonly string[]
  /** Rows for the body. */
  readonly room: number
}

function layOut(state: WatchState, viewport: Viewport): Layout {
  const { width, rows } = viewport
  const parts = [renderHeader(state, viewport), ...bodyParts(state, viewport)].map((part) =>
    part.split('\n').flatMap((line) => fitted(line, width)),
  )
  const body = parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
  const newest = body.length - parts.at(-1)!.length
  const below = [renderBar(state.lessons, viewport), ...renderKeys(keysOf(state), viewport)]
  // One row is the body's and one between them, however much there is to say.
  const foot = [...renderSaid(state, viewport).slice(0, Math.max(0, rows - below.length - 2)), ...below]
  return { body, newest, foot, room: Math.max(1, rows - foot.length - 1) }
}

/** A line that is too long goes on in the next: what is cut off could not be copied. */
function fitted(line: string, width: number): readonly string[] {
  if (stringWidth(line) <= width) return [line]
  return wrapAnsi(line, width, { hard: true, trim: false }).split('\n')
}

/** What goes on, and at the right when a save was last seen. */
function renderHeader(state: WatchState, { colour, width }: Viewport): string {
  const { lesson, lessons, checking, saved } = state
  const name = `lesson ${lesson.number} of ${lessons.length}`
  const status = checking === undefined ? `Watching ${name}` : `Checking ${name} …`
  const seen = saved === undefined ? 'no save seen yet' : `${saved.file} saved at ${clockTime(saved.at)}`
  const gap = ' '.repeat(Math.max(2, width - stringWidth(status) - stringWidth(seen)))
  const painted = checking === undefined ? colour.dim(status) : colour.cyan.bold(status)
  return `${painted}${width === Infinity ? '  ' : gap}${colour.dim(seen)}`
}

function clockTime(moment: Date): string {
  const parts = [moment.getHours(), moment.getMinutes(), moment.getSeconds()]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

function bodyParts(state: WatchState, viewport: Viewport): readonly string[] {
  if (state.panel.kind !== 'result')
    return panelParts(state.panel, state, viewport).map((part) => part.trimEnd())
  const { checking, result } = state
  const waits = checking === undefined ? [] : renderWaits(waitsOf(checking), viewport)
  const found = result === undefined ? '' : renderResult(result, viewport)
  const parts = [
    waits.join('\n'),
    checking === undefined && hasPassed(state) ? renderDone(state, viewport) : '',
    // What an older save was found to be is still good to read, but it is no news.
    checking === undefined ? found : faded(found, viewport),
  ]
  return parts.filter(Boolean)
}

function renderResult(result: Result, screen: Screen): string {
  const { colour } = screen
  if (result.kind === 'broke')
    return `${colour.red(wrap(result.message, screen))}\n${wrap(result.hint, screen)}`
  // Keys stand in the place of commands.
  return renderVerdict({ ...result.verdict, next: [] }, screen).trimEnd()
}

function faded(text: string, { colour }: Screen): string {
  return stripVTControlCharacters(text)
    .split('\n')
    .map((line) => colour.dim(line))
    .join('\n')
}

function renderDone({ lesson, lessons }: WatchState, screen: Screen): string {
  const last = lessons.every((each) => each.passed)
  const next = last ? 'judges all lessons once more, together' : 'goes on'
  const text = `Lesson ${lesson.number} is done. Experiment for as long as you like; n ${next}.`
  return screen.colour.green(wrap(text, screen))
}

/** What came of the last key. */
function renderSaid({ said }: WatchState, screen: Screen): readonly string[] {
  if (said === undefined) return []
  const lines = wrap(said, screen).split('\n')
  return lines.flatMap((line) => fitted(line, screen.width)).map((line) => screen.colour.yellow(line))
}

/** Between the body and the foot: how many lines are out of sight. */
function renderMore(
  { above, below }: { readonly above: number; readonly below: number },
  { colour, plain, width }: Viewport,
): string {
  const [up, down] = plain ? ['up', 'down'] : ['↑', '↓']
  const counts = [above > 0 ? `${up} ${above}` : '', below > 0 ? `${down} ${below}` : ''].filter(Boolean)
  if (counts.length === 0) return ''
  const lines = `${counts.join('  ')} more ${(below || above) === 1 ? 'line' : 'lines'}`
  const how = ' (space: go on)'
  return colour.dim(below > 0 && lines.length + how.length <= width ? lines + how : lines)
}
