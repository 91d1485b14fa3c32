import type { TraceView } from '../check/trace-view.ts'
import type { HoldRow, StallRow } from './timeline-model.ts'

/** When files were held between 0 and `end`. */
export function holdsIn(view: TraceView, end: number): readonly HoldRow[] {
  return view.of('hold').flatMap(({ file, at }) => {
    const release = view.of('release').find((event) => event.file === file && !event.one && event.at > at)
    const from = Math.max(0, at)
    const to = Math.min(end, release?.at ?? end)
    return to > from ? [{ kind: 'hold', file, from, to } as const] : []
  })
}

/** When the event loop stood still between 0 and `end`: it is told while it lasts and again at its end. */
export function stallsIn(view: TraceView, end: number): readonly StallRow[] {
  const stalls: StallRow[] = []
  for (const { at, ms, where } of view.of('stall')) {
    const from = Math.max(0, at - ms)
    const to = Math.min(end, at)
    if (to <= from) continue
    const last = stalls.at(-1)
    const whole = last && last.to >= from
    const place = where ?? (whole ? last.where : undefined)
    if (whole) stalls.pop()
    stalls.push({
      kind: 'stall',
      from: whole ? Math.min(last.from, from) : from,
      to,
      ...(place === undefined ? {} : { where: place }),
    })
  }
  return stalls
}
