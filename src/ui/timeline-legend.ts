import type { Screen } from './screen.ts'
import { glyphsFor } from './timeline-glyphs.ts'
import type { Timeline } from './timeline-model.ts'
import type { Scale } from './timeline-scale.ts'
import { shapesOf } from './timeline-shapes.ts'
import { wrap } from './wrap.ts'

/** The signs that this timeline uses. */
export function legendOf({ lanes }: Timeline, scale: Scale, screen: Screen): string {
  const glyphs = glyphsFor(screen)
  const shapes = lanes.flatMap((lane) => lane.rows.map((row) => shapesOf(row, lane)))
  const spans = new Set(shapes.flatMap((shape) => shape.spans.map(({ kind }) => kind)))
  const marks = new Set(shapes.flatMap((shape) => shape.marks.map(({ kind }) => kind)))
  const previous = lanes.some((lane) => lane.previous)
  const entries: readonly (readonly [boolean, string, string])[] = [
    [true, glyphs.handler, 'handler'],
    [true, glyphs.reply, 'reply'],
    [shapes.length > 0, glyphs.out, 'response is out'],
    [spans.has('delay'), glyphs.spans.delay, 'delay'],
    [spans.has('hold'), glyphs.spans.hold, 'held by the check'],
    [spans.has('stall'), glyphs.spans.stall, 'blocked'],
    [marks.has('begun') && spans.has('hold'), glyphs.marks.begun, 'write begins'],
    [marks.has('written'), glyphs.marks.written, 'written'],
    [marks.has('printed'), glyphs.marks.printed, 'printed'],
    [previous, glyphs.before.wait, 'previous run'],
    [scale.breaks.length > 0, glyphs.axis.gap, 'shortened'],
  ]
  const shown = entries
    .filter(([used]) => used)
    .map(([, sign, meaning]) => `${sign} ${meaning}`.replaceAll(' ', hard))
  return screen.colour.dim(wrap(shown.join('  '), screen).replaceAll(hard, ' '))
}

const hard = '\u00a0'
