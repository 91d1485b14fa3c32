import type { TraceEvent, TraceEventOf } from '../check/trace.ts'
import { milliseconds } from '../check/trace-view.ts'
import type { Screen } from './screen.ts'
import type { Checking } from './watch-state.ts'
import { wrap } from './wrap.ts'

/** Something that a running check is waiting for, known from what was seen so far. */
export type Wait =
  | {
      readonly kind: 'timer'
      /** So many of the same length at the same place; the youngest one's time is told. */
      readonly count: number
      readonly ms: number
      readonly elapsed: number
      readonly where: string | undefined
    }
  | {
      readonly kind: 'reply'
      readonly route: string
      readonly elapsed: number
      readonly held: readonly string[]
    }
  | { readonly kind: 'start'; readonly elapsed: number }
  /** Another process of ours runs the lesson. */
  | { readonly kind: 'turn'; readonly pid: number; readonly elapsed: number }

/** Shorter waits are over before they are read. */
const worthSayingMs = 700
/** A timer that is due and has not fired was cleared. */
const overdueMs = 500

/** Whether an event says anything about what is waited for. */
export function saysWait({ kind }: TraceEvent): boolean {
  return telling.has(kind)
}

const telling: ReadonlySet<TraceEvent['kind']> = new Set([
  'ready',
  'start-failed',
  'request',
  'reply',
  'no-reply',
  'hold',
  'release',
  'timer-set',
  'timer-fired',
])

export function waitsOf({ events, now, behind }: Omit<Checking, 'run'>): readonly Wait[] {
  if (behind !== undefined) return [{ kind: 'turn', pid: behind, elapsed: now }]
  const of = <K extends TraceEvent['kind']>(kind: K) =>
    events.filter((event): event is TraceEventOf<K> => event.kind === kind)
  const timers = timersOf(of('timer-set'), of('timer-fired'), now)
  // A timer that runs says more than what waits for it.
  if (timers.length > 0) return timers
  if (of('ready').length > 0 || of('start-failed').length > 0) return repliesOf(events, now)
  return now < worthSayingMs ? [] : [{ kind: 'start', elapsed: now }]
}

function timersOf(
  set: readonly TraceEventOf<'timer-set'>[],
  fired: readonly TraceEventOf<'timer-fired'>[],
  now: number,
): readonly Wait[] {
  const over = new Set(fired.map(({ id }) => id))
  const groups = new Map<string, TraceEventOf<'timer-set'>[]>()
  for (const timer of set) {
    if (over.has(timer.id) || timer.ms < worthSayingMs || now > timer.at + timer.ms + overdueMs) continue
    const group = `${timer.where} ${timer.ms}`
    groups.set(group, [...(groups.get(group) ?? []), timer])
  }
  return [...groups.values()].map((group) => {
    const { ms, where } = group[0]!
    const youngest = Math.max(...group.map(({ at }) => at))
    const elapsed = Math.min(ms, Math.max(0, now - youngest))
    return { kind: 'timer', count: group.length, ms, elapsed, where }
  })
}

function repliesOf(events: readonly TraceEvent[], now: number): readonly Wait[] {
  const answered = new Set<string>()
  const held = new Set<string>()
  for (const event of events) {
    if (event.kind === 'reply' || event.kind === 'no-reply') answered.add(event.request)
    if (event.kind === 'hold') held.add(event.file)
    if (event.kind === 'release' && !event.one) held.delete(event.file)
  }
  return events.flatMap((event) => {
    if (event.kind !== 'request' || answered.has(event.request)) return []
    const elapsed = now - event.at
    if (elapsed < worthSayingMs) return []
    return [{ kind: 'reply', route: `${event.method} ${event.path.split('?')[0]}`, elapsed, held: [...held] }]
  })
}

/** A line each. A bar is drawn only where the end is known. */
export function renderWaits(waits: readonly Wait[], screen: Screen): readonly string[] {
  return waits.map((wait) => (wait.kind === 'timer' ? renderTimer(wait, screen) : renderOpen(wait, screen)))
}

function renderTimer(
  { count, ms, elapsed, where }: Extract<Wait, { kind: 'timer' }>,
  { colour, plain, width }: Screen,
): string {
  const seconds = (time: number) => (time / 1000).toFixed(1)
  const what = count === 1 ? 'A timer' : `${count} timers`
  const words = `${what} of ${milliseconds(ms)}${where === undefined ? '' : ` (${where})`}`
  const figures = `${seconds(elapsed)} of ${seconds(ms)} s`
  const cells = Math.min(30, width - words.length - figures.length - 6)
  if (cells < 5) return `  ${words}: ${figures}`
  const full = Math.round((cells * elapsed) / ms)
  const [done, left] = plain ? ['#', '-'] : ['█', '░']
  const bar = colour.cyan(done.repeat(full)) + colour.dim(left.repeat(cells - full))
  return `  ${words}  ${bar}  ${figures}`
}

function renderOpen(wait: Exclude<Wait, { kind: 'timer' }>, screen: Screen): string {
  const elapsed = `${(wait.elapsed / 1000).toFixed(1)} s`
  const since = `for ${elapsed}`
  if (wait.kind === 'turn') {
    const who = `This lesson is being checked by another bgtasks-learn (process ${wait.pid}).`
    return wrap(`${who} Waiting for it to end: ${elapsed} so far.`, screen, '  ')
  }
  if (wait.kind === 'start') return wrap(`The server is starting ${since}.`, screen, '  ')
  const { route, held } = wait
  const while_ =
    held.length === 0 ? '' : ` while ${held.join(' and ')} ${held.length > 1 ? 'are' : 'is'} held`
  return wrap(`${route}: no reply ${since}${while_}.`, screen, '  ')
}
