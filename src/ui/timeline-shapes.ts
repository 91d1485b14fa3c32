import { milliseconds } from '../check/trace-view.ts'
import { answerEnd, type Lane, type Row, rowEnd, type TaskRow } from './timeline-model.ts'
import { isFrame } from './timeline-owner.ts'

/** What is drawn of a row, on whatever it is drawn. */
export interface Shapes {
  readonly label: Label
  readonly spans: readonly Span[]
  readonly marks: readonly Mark[]
  /** Said beside the marks. */
  readonly remark?: string
  readonly where?: string
}

export type Label =
  | { readonly kind: 'words'; readonly text: string }
  /** Words of the learner's program, to be shown in quotation marks. */
  | { readonly kind: 'quote'; readonly text: string }

export interface Span {
  readonly kind: 'delay' | 'hold' | 'stall' | 'writing'
  readonly from: number
  readonly to: number
  /** Long enough to be worth a figure. */
  readonly timed: boolean
}

export interface Mark {
  readonly kind: 'begun' | 'written' | 'printed' | 'failed'
  readonly at: number
}

export function shapesOf(row: Row, lane: Lane): Shapes {
  const where = row.kind !== 'hold' && row.where !== undefined ? { where: row.where } : {}
  if (row.kind === 'hold')
    return { label: words(`${row.file} held`), spans: [{ ...row, timed: false }], marks: [] }
  if (row.kind === 'stall') {
    return { label: words('event loop blocked'), spans: [{ ...row, timed: true }], marks: [], ...where }
  }
  if (row.kind === 'crash') {
    const marks = [{ kind: 'failed', at: row.at } as const]
    return { label: words('the server ended'), spans: [], marks, remark: row.message, ...where }
  }
  if (row.kind === 'delay') {
    const label = words(`${row.count > 1 ? `${row.count} delays` : 'delay'} of ${milliseconds(row.ms)}`)
    const span = { kind: 'delay', from: row.from, to: row.to, timed: true } as const
    return { label, spans: [span], marks: [], ...where }
  }
  return { ...taskShapes(row, lane), ...where }
}

/** What was written, by its first line or its file. */
export function labelOf({ target, text }: TaskRow): Label {
  if (target === 'file') return words(text)
  if (text.trim() === '') return words('an empty line')
  return isFrame(text) ? words('a stack trace') : { kind: 'quote', text: text.trim() }
}

/** When the last of a lane was seen. */
function laneEnd({ answer, rows }: Lane): number {
  return Math.max(answerEnd(answer), ...rows.map(rowEnd))
}

function taskShapes(row: TaskRow, lane: Lane): Shapes {
  const { delay, begunAt, held, endedAt, error, target } = row
  const spans: Span[] = []
  const marks: Mark[] = []
  if (delay) spans.push({ kind: 'delay', ...delay, timed: true })
  const last = endedAt ?? begunAt
  if (begunAt !== undefined && last !== undefined) {
    spans.push({ kind: 'writing', from: delay?.to ?? begunAt, to: last, timed: false })
  }
  if (begunAt !== undefined && held) {
    spans.push({ kind: 'hold', from: begunAt, to: held.until ?? laneEnd(lane), timed: false })
  }
  if (begunAt !== undefined) marks.push({ kind: 'begun', at: begunAt })
  if (endedAt !== undefined) {
    const kind = error === undefined ? (target === 'console' ? 'printed' : 'written') : 'failed'
    marks.push({ kind, at: endedAt })
  }
  const remark = error ?? (endedAt === undefined ? 'not finished' : undefined)
  return {
    label: labelOf(row),
    spans,
    marks,
    ...(remark === undefined ? {} : { remark }),
  }
}

function words(text: string): Label {
  return { kind: 'words', text }
}
