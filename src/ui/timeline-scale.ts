import { answeredAt, answerEnd, type Lane, type Row, type Timeline } from './timeline-model.ts'

/**
 * From milliseconds to 0…1. The axis is cut where something happens in any lane, and each piece is
 * linear. Its share grows with its length, but more slowly: so a reply after 4 ms and a mail after
 * 5 s both have room to show their order, longer still looks longer, and ticks tell how long. The
 * pieces shortened most are marked as breaks.
 */
export interface Scale {
  position(ms: number): number
  /** Round times with room for their labels, for an axis as many characters long. */
  ticks(characters: number): readonly Tick[]
  /** Where the axis is shortened most, 0…1. */
  readonly breaks: readonly number[]
}

export interface Tick {
  /** 0…1 */
  readonly position: number
  readonly label: string
}

interface Piece {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

/** 1 would be a linear axis, 0 one on which every step is as wide as the next. */
const compression = 0.42
/** Moments closer than this are one cut: later on, a few milliseconds are only the timers' own. */
function closest(ms: number): number {
  return Math.max(1, ms / 500)
}

export function scaleOf({ lanes }: Timeline): Scale {
  const pieces = piecesOf(cutsOf(lanes))
  const end = pieces.at(-1)?.to ?? 0
  const position = (ms: number) => {
    const piece = pieces.find(({ to }) => ms <= to) ?? pieces.at(-1)
    if (!piece) return 0
    const share = (Math.min(Math.max(ms, piece.from), piece.to) - piece.from) / (piece.to - piece.from)
    return piece.start + share * (piece.end - piece.start)
  }
  return { position, ticks: (characters) => ticksOf(end, position, characters), breaks: breaksOf(pieces) }
}

function cutsOf(lanes: readonly Lane[]): readonly number[] {
  const moments = lanes
    .flatMap((lane) => [lane, ...(lane.previous ? [lane.previous] : [])])
    .flatMap((lane) => [
      lane.handlingAt,
      answeredAt(lane),
      answerEnd(lane.answer),
      ...lane.rows.flatMap(momentsOf),
    ])
    .filter((ms) => ms !== undefined && ms > 0)
    .toSorted((a, b) => a! - b!)
  const cuts = [0]
  for (const ms of moments) if (ms! - cuts.at(-1)! >= closest(ms!)) cuts.push(ms!)
  const last = moments.at(-1) ?? 0
  if (last > cuts.at(-1)!) cuts.push(last)
  return cuts
}

function momentsOf(row: Row): readonly (number | undefined)[] {
  if (row.kind === 'crash') return [row.at]
  if (row.kind !== 'task') return [row.from, row.to]
  return [row.delay?.from, row.delay?.to, row.begunAt, row.held?.until, row.endedAt]
}

function piecesOf(cuts: readonly number[]): readonly Piece[] {
  const widths = cuts.slice(1).map((to, index) => (to - cuts[index]!) ** compression)
  const whole = widths.reduce((sum, width) => sum + width, 0)
  let start = 0
  return widths.map((width, index) => {
    const piece = { from: cuts[index]!, to: cuts[index + 1]!, start, end: start + width / whole }
    start = piece.end
    return piece
  })
}

/** Shorter stretches are never marked: nobody misses a few milliseconds. */
const shortestBreakMs = 50

function breaksOf(pieces: readonly Piece[]): readonly number[] {
  const finest = Math.min(...pieces.map(({ from, to }) => to - from))
  return pieces
    .filter(({ from, to }) => to - from >= shortestBreakMs && to - from >= 10 * finest)
    .map(({ start, end }) => (start + end) / 2)
}

function ticksOf(end: number, position: (ms: number) => number, characters: number): readonly Tick[] {
  const taken: { readonly from: number; readonly to: number }[] = []
  const ticks: Tick[] = []
  for (const ms of roundTimes(end)) {
    const label = timeLabel(ms)
    const centre = position(ms) * (characters - 1)
    const from = labelStart(label, centre, characters)
    const to = from + label.length
    if (taken.some((other) => from < other.to + 2 && other.from < to + 2)) continue
    taken.push({ from, to })
    ticks.push({ position: position(ms), label })
  }
  return ticks.toSorted((a, b) => a.position - b.position)
}

/** Centred under its tick, but within the axis. */
export function labelStart(label: string, centre: number, characters: number): number {
  return Math.max(0, Math.min(characters - label.length, Math.round(centre - (label.length - 1) / 2)))
}

/** The roundest first, so that they get their place before the others. */
function roundTimes(end: number): readonly number[] {
  const decades = [1, 10, 100, 1000, 10_000, 100_000]
  const largest = decades.toReversed()
  return [0, ...largest, ...largest.map((ms) => 5 * ms), ...largest.map((ms) => 2 * ms)].filter(
    (ms) => ms <= end,
  )
}

function timeLabel(ms: number): string {
  if (ms === 0) return '0'
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`
}
