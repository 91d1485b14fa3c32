import { milliseconds } from '../check/trace-view.ts'
import { printable } from './timeline-label.ts'
import { answeredAt, arrivedAt, type Lane } from './timeline-model.ts'
import { answerText, oneOf } from './timeline-sentences.ts'
import type { Mark, Shapes, Span } from './timeline-shapes.ts'

/** Where the chart stands in the picture, in pixels. */
export interface Chart {
  readonly left: number
  readonly right: number
  x(ms: number): number
}

export interface Place {
  readonly y: number
  readonly chart: Chart
}

/** Of a figure in the fonts used, at 12 pixels. */
export const characterWidth = 7.25

export function text(
  content: string,
  at: { readonly x: number; readonly y: number; readonly of: string },
): string {
  return `<text class="${at.of}" x="${round(at.x)}" y="${round(at.y)}">${escaped(content)}</text>`
}

export function escaped(content: string): string {
  return printable(content, { plain: false })
    .replace(/[\p{Surrogate}\uFFFE\uFFFF]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** Request sent, handler, reply. */
export function answerMarks(lane: Lane, y: number, chart: Chart): string {
  const { answer, handlingAt } = lane
  if (lane.name === undefined) return ''
  const end = chart.x(arrivedAt(answer))
  const sent = chart.x(answeredAt(lane) ?? arrivedAt(answer))
  const handling = handlingAt === undefined ? sent : chart.x(handlingAt)
  const parts = [line('travel', { from: chart.x(0), to: end, y })]
  if (handlingAt !== undefined) {
    parts.push(rect('handler', { x: handling, y: y - 7, width: Math.max(2, sent - handling), height: 14 }))
  }
  if (answer.kind === 'reply') parts.push(`<circle class="client" cx="${round(end)}" cy="${y}" r="6"/>`)
  if (answer.kind === 'none') parts.push(cross(end, y))
  return [...parts, answerWords(lane, { handling, sent, end }, { y, chart })].join('')
}

interface Stations {
  readonly handling: number
  readonly sent: number
  readonly end: number
}

/** Right of the reply; else in the handler's bar; else before it, over the way there. */
function answerWords(lane: Lane, { handling, sent, end }: Stations, { y, chart }: Place): string {
  const whole = answerText(lane) + oneOf(lane)
  const content = fitsRight(whole, end, chart) ? whole : answerText(lane)
  const of = lane.answer.kind === 'none' ? 'failed' : 'client'
  if (fitsRight(content, end, chart)) return text(content, { x: end + 11, y: y + 4, of })
  const inside = sent === end && sent - handling > (content.length + 3) * characterWidth
  return text(
    content,
    inside
      ? { x: end - 14, y: y + 4, of: 'inside end' }
      : { x: handling - 8, y: y + 4, of: `${of} over end` },
  )
}

/** The same request in the run before: how long its client waited. Its label says the figure. */
export function previousMarks(then: Lane, y: number, chart: Chart): string {
  const end = chart.x(arrivedAt(then.answer))
  const written = then.rows.flatMap((row) =>
    row.kind === 'task' && row.endedAt !== undefined
      ? [`<rect class="then" x="${round(chart.x(row.endedAt) - 3)}" y="${y - 3}" width="6" height="6"/>`]
      : [],
  )
  const replied = then.answer.kind === 'reply'
  const reply = replied ? `<circle class="then" cx="${round(end)}" cy="${y}" r="4"/>` : ''
  return [line('then', { from: chart.x(0), to: end, y }), ...written, reply].join('')
}

export function shapeMarks(shapes: Shapes, lane: Lane, { y, chart }: Place): string {
  const answered = answeredAt(lane)
  const side = (at: number) => (answered === undefined ? 'outside' : at <= answered ? 'before' : 'after')
  const ofTask = shapes.marks.length > 0
  const spans = shapes.spans.flatMap((span) => {
    const [start, end] = [chart.x(span.from), chart.x(span.to)]
    const box = { x: start, y: y - 5, width: Math.max(2, end - start), height: 10 }
    if (span.kind === 'stall')
      return [rect('stall', { ...box, y: y - 8, height: 16 }), figure(span, y + 4, chart)]
    if (span.kind === 'hold') return [rect(ofTask ? 'held' : 'hold', box)]
    // What crosses the response is two: its colour says on which side it ran.
    const cuts = [start, ...(answered === undefined ? [] : [chart.x(answered)]), end].filter(
      (x) => x >= start && x <= end,
    )
    const lines = cuts.slice(1).map((to, index) => {
      const before = answered !== undefined && to <= chart.x(answered) && span.from < answered
      const of = answered === undefined ? 'outside' : before ? 'before' : 'after'
      return line(`${span.kind} ${of}`, { from: cuts[index]!, to, y })
    })
    return span.timed ? [...lines, figure(span, y - 4, chart)] : lines
  })
  const marks = shapes.marks.map(({ kind, at }) => markMark(kind, chart.x(at), { y, of: side(at) }))
  const last = Math.max(0, ...shapes.marks.map(({ at }) => chart.x(at)))
  const out = answered === undefined ? last : chart.x(answered)
  const clear = out > last && out < last + 24 ? out : last
  const remark = shapes.remark === undefined ? '' : beside(shapes.remark, clear, { y, of: 'failed', chart })
  return [...spans, ...marks, remark].join('')
}

/** How long it took, in its middle, where there is room. */
function figure({ kind, from, to }: Span, y: number, chart: Chart): string {
  const content = milliseconds(to - from)
  const [start, end] = [chart.x(from), chart.x(to)]
  if (end - start < content.length * characterWidth) return ''
  return text(content, { x: (start + end) / 2, y, of: kind === 'stall' ? 'figure failed' : 'figure' })
}

function markMark(
  kind: Mark['kind'],
  x: number,
  { y, of }: { readonly y: number; readonly of: string },
): string {
  if (kind === 'failed') return cross(x, y)
  if (kind === 'begun')
    return `<rect class="begun ${of}" x="${round(x - 3.5)}" y="${y - 3.5}" width="7" height="7"/>`
  if (kind === 'printed') return `<path class="mark ${of}" d="M${round(x - 4)} ${y - 5}l9 5l-9 5z"/>`
  return `<rect class="mark ${of}" x="${round(x - 4.5)}" y="${y - 4.5}" width="9" height="9"/>`
}

interface Beside {
  readonly y: number
  readonly of: string
  readonly chart: Chart
}

/** Right of `x`, or left of it where the chart ends too soon. */
function beside(content: string, x: number, { y, of, chart }: Beside): string {
  const right = fitsRight(content, x, chart)
  return text(content, right ? { x: x + 11, y: y + 4, of } : { x: x - 12, y: y + 4, of: `${of} over end` })
}

function fitsRight(content: string, x: number, { right }: Chart): boolean {
  return x + 14 + content.length * characterWidth <= right
}

function line(
  of: string,
  { from, to, y }: { readonly from: number; readonly to: number; readonly y: number },
): string {
  return `<path class="${of}" d="M${round(from)} ${y}H${round(to)}"/>`
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function rect(of: string, { x, y, width, height }: Box): string {
  return `<rect class="${of}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}"/>`
}

export function cross(x: number, y: number): string {
  return `<path class="cross" d="M${round(x - 4)} ${y - 4}l8 8m0 -8l-8 8"/>`
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}
