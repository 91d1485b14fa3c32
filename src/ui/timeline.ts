import stringWidth from 'string-width'
import type { Screen } from './screen.ts'
import { createStrip, type Strip } from './timeline-canvas.ts'
import { drawAnswer, drawPrevious, drawShapes, plotOf, spareColumns } from './timeline-draw.ts'
import { type Glyphs, glyphsFor } from './timeline-glyphs.ts'
import { cut, labelText, printable } from './timeline-label.ts'
import { legendOf } from './timeline-legend.ts'
import type { Lane, Timeline } from './timeline-model.ts'
import { labelStart, type Scale, scaleOf } from './timeline-scale.ts'
import { describeTimeline } from './timeline-sentences.ts'
import { type Label, shapesOf } from './timeline-shapes.ts'
import { wrap } from './wrap.ts'

/** Narrower than this, a drawing says less than its sentences. */
const narrowest = 60
const widest = 120
/** From here on there is room to say where in the code. */
const withPlaces = 100
/** More rows than this in one lane are not looked at. */
const mostRows = 8

/** Draws each request with what ran before its response and what after; in words where that is too wide. */
export function renderTimeline(timeline: Timeline, screen: Screen): string {
  const { lanes } = timeline
  if (lanes.length === 0) return ''
  if (screen.width < narrowest) return `${inWords(timeline, screen)}\n`
  const table = layOut(timeline, screen)
  const axis = renderAxis(table)
  const blocks = lanes.map((lane) => renderLane(lane, table))
  const gap = blocks.some(({ lines }) => lines.length > 1) ? '\n\n' : '\n'
  const drawing = blocks.map(({ lines }) => lines.join('\n')).join(gap)
  const signs = new Set([axis, ...blocks].flatMap((block) => block.signs))
  return `${[...axis.lines, drawing, '', legendOf(signs, screen)].join('\n')}\n`
}

function inWords(timeline: Timeline, screen: Screen): string {
  const sentences = describeTimeline(timeline).map((sentence) => {
    // A figure and its unit stay on one line.
    const held = printable(sentence, screen).replace(/(\d) (m?s\b)/g, '$1\u00a0$2')
    return wrap(held, screen).replaceAll('\u00a0', ' ')
  })
  return sentences.join('\n\n')
}

/** Columns: labels, the chart, and on a wide screen the places in the code. */
interface Table {
  readonly screen: Screen
  readonly glyphs: Glyphs
  readonly scale: Scale
  readonly labels: number
  readonly chart: number
  readonly places: number
}

function layOut(timeline: Timeline, screen: Screen): Table {
  const width = Math.min(screen.width, widest)
  const rows = timeline.lanes.flatMap((lane) => lane.rows.map((row) => shapesOf(row, lane)))
  const names = timeline.lanes.map(({ name = '', route }) => stringWidth(`${name}  ${route}`))
  const longest = Math.max(...names, ...rows.map(({ label }) => stringWidth(label.text) + 4))
  const labels = Math.min(longest, Math.floor(width * 0.36))
  const longestPlace = Math.max(0, ...rows.map(({ where = '' }) => where.length))
  const places = width < withPlaces ? 0 : Math.min(20, longestPlace)
  const chart = width - labels - 1 - (places === 0 ? 0 : places + 1)
  return { screen, glyphs: glyphsFor(screen), scale: scaleOf(timeline), labels, chart, places }
}

/** Some lines, and the signs in them that need to be explained. */
interface Drawn {
  readonly lines: readonly string[]
  readonly signs: readonly string[]
}

function renderAxis({ screen, glyphs, scale, labels, chart }: Table): Drawn {
  const characters = chart - spareColumns
  const [figures, line] = [createStrip(chart, screen), createStrip(chart, screen)]
  line.fill(0, characters - 1, { sign: glyphs.axis.line, role: 'quiet' })
  const ticks = scale.ticks(characters)
  const columns = ticks.map(({ position }) => Math.round(position * (characters - 1)))
  for (const [index, { label }] of ticks.entries()) {
    figures.write(labelStart(label, columns[index]!, characters), label, 'quiet')
    line.put(columns[index]!, glyphs.axis.tick, 'quiet')
  }
  for (const position of scale.breaks) {
    const middle = Math.round(position * (characters - 1))
    const free = [0, 1, -1, 2, -2]
      .map((by) => middle + by)
      .find((at) => !columns.some((tick) => tick === at || tick === at + 1))
    if (free !== undefined)
      for (const [index, sign] of glyphs.axis.gap.split('').entries()) line.put(free + index, sign, 'quiet')
  }
  const indent = ' '.repeat(labels + 1)
  return {
    lines: [figures, line].map((strip) => `${indent}${strip.toString()}`),
    // The rest of it is known from any chart.
    signs: line.signs().filter((sign) => glyphs.axis.gap.includes(sign)),
  }
}

function renderLane(lane: Lane, table: Table): Drawn {
  const { screen, glyphs, scale, chart: columns } = table
  const plot = plotOf(lane, { scale, columns, glyphs })
  const lines: string[] = []
  const signs: string[] = []
  const add = (label: string, draw: (strip: Strip) => void, place?: string) => {
    const strip = createStrip(columns, screen)
    draw(strip)
    lines.push(joined({ label, strip, place }, table))
    signs.push(...strip.signs())
  }
  add(laneLabel(lane, table), (strip) => drawAnswer(strip, plot))
  for (const row of lane.rows.slice(0, mostRows)) {
    const shapes = shapesOf(row, lane)
    add(rowLabel(shapes.label, table), (strip) => drawShapes(strip, shapes, plot), shapes.where)
  }
  const more = lane.rows.length - mostRows
  if (more > 0) lines.push(screen.colour.dim(`  and ${more} more`))
  const { previous } = lane
  if (previous) {
    const then = plotOf(previous, { scale, columns, glyphs })
    add(screen.colour.dim('  previous run'), (strip) => drawPrevious(strip, plot, then))
  }
  return { lines, signs }
}

interface Line {
  readonly label: string
  readonly strip: Strip
  readonly place: string | undefined
}

function joined({ label, strip, place }: Line, { screen, labels, chart, places }: Table): string {
  const chartText = strip.toString()
  const line = `${padded(label, labels)} ${chartText}`
  if (place === undefined || places === 0) return line.trimEnd()
  return `${padded(line, labels + 1 + chart)} ${screen.colour.dim(cut(place, places, screen))}`
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - stringWidth(text)))
}

/** The name, and the route where there is room for enough of it. */
function laneLabel({ name, route }: Lane, { screen, labels }: Table): string {
  const { colour } = screen
  const shown = cut(printable(name ?? 'outside any request', screen), labels, screen)
  const room = labels - stringWidth(shown) - 2
  if (room < Math.min(8, route.length)) return colour.bold(shown)
  return `${colour.bold(shown)}  ${colour.dim(cut(printable(route, screen), room, screen))}`
}

function rowLabel(label: Label, { screen, labels }: Table): string {
  return `  ${labelText(label, labels - 2, screen)}`
}
