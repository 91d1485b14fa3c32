import stringWidth from 'string-width'
import { milliseconds } from '../check/trace-view.ts'
import type { Role, Strip } from './timeline-canvas.ts'
import type { Glyphs } from './timeline-glyphs.ts'
import { cut } from './timeline-label.ts'
import { answeredAt, answerEnd, arrivedAt, type Answer, type Lane, rowEnd } from './timeline-model.ts'
import type { Scale } from './timeline-scale.ts'
import { answerText, oneOf } from './timeline-sentences.ts'
import type { Shapes, Span } from './timeline-shapes.ts'

/** Where the moments of one lane stand. */
export interface Plot {
  readonly lane: Lane
  readonly glyphs: Glyphs
  /** The column of the response: before it the client waits. */
  readonly out: number | undefined
  column(ms: number): number
}

/** Kept free at the right, for what came after a response that stands at the end. */
export const spareColumns = 2

interface PlotOptions {
  readonly scale: Scale
  readonly columns: number
  readonly glyphs: Glyphs
}

export function plotOf(lane: Lane, { scale, columns, glyphs }: PlotOptions): Plot {
  const rounded = (ms: number) => Math.round(scale.position(ms) * (columns - 1 - spareColumns))
  const answered = answeredAt(lane)
  if (answered === undefined) return { lane, glyphs, out: undefined, column: rounded }
  const out = Math.max(2, rounded(answered))
  // Rounding may not put the work of before the response after it, nor the other way round.
  const column = (ms: number) => {
    if (ms === answered) return out
    return ms < answered ? Math.min(out - 1, rounded(ms)) : Math.max(out + 1, rounded(ms))
  }
  return { lane, glyphs, out, column }
}

/** Request sent, handler, response, reply. */
export function drawAnswer(strip: Strip, { lane, glyphs, out, column }: Plot): void {
  const { name, answer, handlingAt } = lane
  if (name === undefined) return
  const role = answer.kind === 'none' ? 'failed' : 'client'
  const end = out ?? column(answerEnd(answer))
  strip.fill(0, end, { sign: glyphs.underWay, role })
  if (handlingAt !== undefined) strip.fill(column(handlingAt), end, { sign: glyphs.handler, role })
  const arrived = column(arrivedAt(answer))
  strip.fill(end + 1, arrived, { sign: glyphs.underWay, role })
  if (answer.kind !== 'open') strip.put(arrived, answer.kind === 'reply' ? glyphs.reply : glyphs.failed, role)
  const text = answerText(lane)
  besides(strip, arrived, { texts: [text + oneOf(lane), text, ...shorter(answer)], role })
}

function shorter(answer: Answer): readonly string[] {
  if (answer.kind === 'none') return ['no reply']
  return answer.kind === 'reply' ? [milliseconds(answerEnd(answer))] : []
}

/** The same request in the run before, small: how long its client waited, and what was written when. */
export function drawPrevious(strip: Strip, { glyphs }: Plot, then: Plot): void {
  const { answer, rows } = then.lane
  const { wait, reply, written } = glyphs.before
  const end = then.out ?? (answer.kind === 'none' ? then.column(answer.at) : 0)
  strip.fill(0, end, { sign: wait, role: 'quiet' })
  for (const row of rows) {
    if (row.kind === 'task' && row.endedAt !== undefined)
      strip.put(then.column(rowEnd(row)), written, 'quiet')
  }
  strip.put(end, answer.kind === 'reply' ? reply : glyphs.failed, 'quiet')
  besides(strip, end, { texts: [answerText(then.lane), ...shorter(answer)], role: 'quiet' })
}

export function drawShapes(strip: Strip, shapes: Shapes, { glyphs, out, column }: Plot): void {
  const side = (at: number): Role => (out === undefined ? 'outside' : at < out ? 'before' : 'after')
  for (const { kind, from, to } of shapes.spans) {
    for (let at = column(from); at <= column(to); at++) {
      strip.put(at, glyphs.spans[kind], spanRole(shapes, kind) ?? side(at))
    }
  }
  if (out !== undefined) strip.put(out, glyphs.out, 'outside')
  for (const { kind, at } of shapes.marks) {
    strip.put(column(at), glyphs.marks[kind], kind === 'failed' ? 'failed' : side(column(at)))
  }
  for (const span of shapes.spans) {
    if (span.timed)
      drawDuration(
        strip,
        { from: column(span.from), to: column(span.to), out },
        {
          text: milliseconds(span.to - span.from),
          role: spanRole(shapes, span.kind),
          side,
        },
      )
  }
  if (shapes.remark === undefined) return
  const last = Math.max(...shapes.marks.map(({ at }) => column(at)))
  // The response's line is not written over.
  const crosses = out !== undefined && out > last && out <= last + 2 + stringWidth(shapes.remark)
  const clear = crosses ? out : last
  besides(strip, clear, { texts: [shapes.remark], role: 'failed' })
}

/** What the check did is quiet, a standstill is not; all else is told apart by its side. */
function spanRole({ marks }: Shapes, kind: Span['kind']): Role | undefined {
  if (kind === 'stall') return 'failed'
  return kind === 'hold' && marks.length === 0 ? 'quiet' : undefined
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly out: number | undefined
}

interface Duration {
  readonly text: string
  readonly role: Role | undefined
  side(at: number): Role
}

/** In the middle of its stretch, clear of the response's line. */
function drawDuration(strip: Strip, { from, to, out }: Stretch, { text, role, side }: Duration): void {
  const parts =
    out === undefined || out < from || out > to
      ? [{ from, to }]
      : [
          { from, to: out - 1 },
          { from: out + 1, to },
        ]
  const [longest] = parts.toSorted((a, b) => b.to - b.from - (a.to - a.from))
  const room = longest!.to - longest!.from + 1
  if (room < text.length + 4) return
  const at = longest!.from + Math.floor((room - text.length - 2) / 2)
  strip.write(at, ` ${text} `, role ?? side(at))
}

interface Words {
  /** The longest first. */
  readonly texts: readonly string[]
  readonly role: Role
}

/**
 * Right of `column`; where the strip ends too soon, left of it, into a stretch without any mark.
 * What has no room anywhere is cut, where it keeps most.
 */
function besides(strip: Strip, column: number, { texts, role }: Words): void {
  for (const text of texts) {
    const columns = stringWidth(text)
    if (column + 2 + columns <= strip.columns) return strip.write(column + 2, text, role)
    for (let start = column - columns - 3; start > 0; start--) {
      if (strip.isEven(start - 1, start + columns + 2)) return strip.write(start, ` ${text} `, role)
    }
  }
  const text = texts.at(-1) ?? ''
  const right = strip.columns - column - 2
  let left = 0
  while (left < column - 4 && strip.isEven(column - left - 3, column - 2)) left++
  if (right >= left) strip.write(column + 2, cut(text, right, strip), role)
  else strip.write(column - left - 1, cut(text, left, strip), role)
}
