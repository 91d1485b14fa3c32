import type { Timeline } from './timeline-model.ts'
import type { Scale } from './timeline-scale.ts'
import { shapesOf } from './timeline-shapes.ts'
import { characterWidth, cross, rect, text } from './timeline-svg-marks.ts'

interface Legend {
  readonly drawn: string
  readonly height: number
}

interface Room {
  readonly left: number
  readonly right: number
  /** Of the middle of its first line. */
  readonly y: number
}

const lineHeight = 26

/** The signs that this picture uses, on as many lines as they need. */
export function legendGroup(timeline: Timeline, { breaks }: Scale, room: Room): Legend {
  let x = room.left
  let y = room.y
  const drawn = entriesOf(timeline, breaks.length > 0).map(([meaning, sign]) => {
    const width = 28 + meaning.length * characterWidth
    if (x + width > room.right) {
      x = room.left
      y += lineHeight
    }
    const entry = sign(x, y) + text(meaning, { x: x + 28, y: y + 4, of: 'muted' })
    x += width + 16
    return entry
  })
  return { drawn: `<g>${drawn.join('')}</g>`, height: y - room.y + lineHeight }
}

type Sign = (x: number, y: number) => string

function entriesOf({ lanes }: Timeline, broken: boolean): readonly (readonly [string, Sign])[] {
  const shapes = lanes.flatMap((lane) => lane.rows.map((row) => shapesOf(row, lane)))
  const spans = new Set(shapes.flatMap((shape) => shape.spans.map(({ kind }) => kind)))
  const marks = new Set(shapes.flatMap((shape) => shape.marks.map(({ kind }) => kind)))
  const entries: readonly (readonly [boolean, string, Sign])[] = [
    [true, 'client waits', (x, y) => rect('waits', { x, y: y - 7, width: 22, height: 14 })],
    [true, 'under way', (x, y) => `<path class="travel" d="M${x} ${y}H${x + 22}"/>`],
    [true, 'handler', (x, y) => rect('handler', { x, y: y - 7, width: 22, height: 14 })],
    [true, 'reply', (x, y) => `<circle class="client" cx="${x + 11}" cy="${y}" r="6"/>`],
    [true, 'response is out', (x, y) => `<path class="out" d="M${x + 11} ${y - 8}V${y + 8}"/>`],
    [spans.has('delay'), 'delay', (x, y) => `<path class="delay outside" d="M${x} ${y}H${x + 22}"/>`],
    [spans.has('hold'), 'held by the check', (x, y) => rect('hold', { x, y: y - 5, width: 22, height: 10 })],
    [
      marks.has('begun'),
      'write begins',
      (x, y) => rect('begun outside', { x: x + 7, y: y - 3.5, width: 7, height: 7 }),
    ],
    [
      marks.has('written'),
      'written',
      (x, y) => rect('mark outside', { x: x + 6, y: y - 4.5, width: 9, height: 9 }),
    ],
    [
      marks.has('printed'),
      'printed',
      (x, y) => `<path class="mark outside" d="M${x + 7} ${y - 5}l9 5l-9 5z"/>`,
    ],
    [spans.has('stall'), 'blocked', (x, y) => rect('stall', { x, y: y - 8, width: 22, height: 16 })],
    [
      marks.has('failed') || lanes.some(({ answer }) => answer.kind === 'none'),
      'failed',
      (x, y) => cross(x + 11, y),
    ],
    [
      lanes.some(({ previous }) => previous),
      'previous run',
      (x, y) => `<path class="then" d="M${x} ${y}H${x + 22}"/>`,
    ],
    [broken, 'shortened', (x, y) => `<path class="axis" d="M${x + 6} ${y + 5}l5 -10m5 0l-5 10"/>`],
  ]
  return entries.flatMap(([used, meaning, sign]) => (used ? [[meaning, sign] as const] : []))
}
