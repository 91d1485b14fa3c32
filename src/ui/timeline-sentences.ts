import { milliseconds } from '../check/trace-view.ts'
import { printable } from './timeline-label.ts'
import {
  type Answer,
  answeredAt,
  answerEnd,
  type Lane,
  type Row,
  rowEnd,
  rowStart,
  type Timeline,
} from './timeline-model.ts'
import { labelOf } from './timeline-shapes.ts'

/** The timeline in words, one for each request: for a screen reader, and for a narrow screen. */
export function describeTimeline({ lanes }: Timeline): readonly string[] {
  return lanes.map((lane) => {
    const { name, route, rows, previous } = lane
    const clauses = rows.flatMap((row) => (row.kind === 'hold' ? [] : [rowClause(row, answeredAt(lane))]))
    if (name === undefined) return `Outside any request: ${clauses.join('; ')}.`
    const then = previous ? [`in the run before: ${answerClause(previous)}${workBefore(previous)}`] : []
    return `${name} (${route}): ${[answerClause(lane), ...clauses, ...then].join('; ')}.`
  })
}

/** `201 after 13 ms` */
export function answerText({ answer }: Pick<Lane, 'answer'>): string {
  if (answer.kind === 'open') return 'no reply yet'
  if (answer.kind === 'none') return noReplyTexts[answer.reason](milliseconds(answer.at))
  const { sentAt, at = sentAt, status } = answer
  return `${status === undefined ? 'answered' : status} after ${milliseconds(at)}`
}

/** What to say of a lane that stands for many. */
export function oneOf({ answer, folded }: Lane): string {
  if (!folded) return ''
  const slowest = answer.kind === 'reply' && answerEnd(answer) === folded.slowestMs
  return slowest ? `, the slowest of ${folded.count}` : `, one of ${folded.count}`
}

type NoReply = Extract<Answer, { kind: 'none' }>

const noReplyTexts: Readonly<Record<NoReply['reason'], (after: string) => string>> = {
  'connection-lost': (after) => `connection lost after ${after}`,
  deadline: (after) => `no reply within ${after}`,
  never: () => 'no reply, and none could come',
}

function answerClause(lane: Lane): string {
  const { answer, folded, rows } = lane
  const reply = answer.kind === 'reply' && answer.status !== undefined ? 'reply ' : ''
  const sentAt = answeredAt(lane)
  const held = rows.flatMap((row) => {
    return row.kind === 'hold' && sentAt !== undefined && row.from <= sentAt && sentAt <= row.to
      ? [row.file]
      : []
  })
  const while_ =
    held.length === 0 ? '' : ` while ${held.join(' and ')} ${held.length > 1 ? 'were' : 'was'} held`
  if (!folded) return `${reply}${answerText(lane)}${while_}`
  const { count, answered, fastestMs, slowestMs } = folded
  const range = answered === 0 ? '' : ` after ${milliseconds(fastestMs)} to ${milliseconds(slowestMs)}`
  const all = answered === count ? 'all' : answered === 0 ? 'none' : String(answered)
  return `${count} requests, ${all} answered${range}${while_}; of the one shown: ${reply}${answerText(lane)}`
}

/** What the client of the run before waited for. */
function workBefore(lane: Lane): string {
  const sentAt = answeredAt(lane) ?? Number.POSITIVE_INFINITY
  const before = lane.rows.flatMap((row) =>
    row.kind === 'task' && rowEnd(row) < sentAt ? [subject(row)] : [],
  )
  return before.length === 0 ? '' : `, with ${before.join(' and ')} before it`
}

type Work = Exclude<Row, { readonly kind: 'hold' }>

function rowClause(row: Work, sentAt: number | undefined): string {
  const end = rowEnd(row)
  if (row.kind === 'crash') return `the server ended ${moment(end, sentAt)}: ${printed(row.message)}`
  if (row.kind === 'task' && row.begunAt === undefined)
    return `${subject(row)} was in the log ${moment(end, sentAt)}`
  const start = rowStart(row)
  const began = `${subject(row)} ${row.kind === 'stall' ? 'stopped' : 'began'} ${moment(start, sentAt, end)}`
  const told =
    start > (sentAt ?? Number.POSITIVE_INFINITY)
      ? `${milliseconds(end - sentAt!)} after it`
      : moment(end, sentAt)
  return `${began}${outcome(row, told)}`
}

function outcome(row: Exclude<Work, { readonly kind: 'crash' }>, when: string): string {
  if (row.kind === 'stall') return ` and went on ${when}`
  if (row.kind === 'delay') return row.over ? ` and ended ${when}` : ' and was not over in the end'
  const { held, begunAt = 0 } = row
  const kept = held?.until === undefined ? '' : `, was held for ${milliseconds(held.until - begunAt)}`
  if (row.error !== undefined) return `${kept} and failed ${when}: ${printed(row.error)}`
  if (row.endedAt === undefined) return `${kept} and was never finished`
  const verb = row.target === 'console' ? 'printed' : row.printed ? 'written and printed' : 'written'
  return `${kept} and was ${verb} ${when}`
}

function subject(row: Exclude<Work, { readonly kind: 'crash' }>): string {
  if (row.kind === 'stall') return 'the event loop'
  if (row.kind === 'delay') {
    const of = ` of ${milliseconds(row.ms)}`
    return row.count > 1 ? `${row.count} delays${of}` : `a delay${of}`
  }
  const { kind, text } = labelOf(row)
  return kind === 'words' ? printed(text) : `“${printed(text)}”`
}

/** On which side of the reply is said unless `followed` by a moment that says the same. */
function moment(at: number, sentAt: number | undefined, followed?: number): string {
  if (sentAt !== undefined && at > sentAt) return `${milliseconds(at - sentAt)} after the reply`
  const after = `after ${milliseconds(at)}`
  if (sentAt === undefined || (followed !== undefined && followed <= sentAt)) return after
  return `${after}, before the reply${followed === undefined ? '' : ','}`
}

function printed(text: string): string {
  return printable(text, { plain: false })
}
