import type { TraceEvent } from '../check/trace.ts'

/** Milliseconds on the machine's monotonic clock, which every process of it shares. */
export function clock(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

type WithoutAt<E> = E extends unknown ? Omit<E, 'at'> : never

/** Collects the events of one run on one clock that starts when the recorder is made. */
export interface Recorder {
  readonly startedAt: number
  /** `at` is a reading of `clock`; left out, now. */
  record(event: WithoutAt<TraceEvent>, at?: number): void
  /** Sorted by time. */
  events(): readonly TraceEvent[]
  /** Milliseconds since the recorder was made. */
  now(): number
}

export function createRecorder(onEvent?: (event: TraceEvent) => void): Recorder {
  const startedAt = clock()
  const recorded: TraceEvent[] = []
  return {
    startedAt,
    record(event, at = clock()) {
      const whole = { ...event, at: Math.round((at - startedAt) * 1000) / 1000 } as TraceEvent
      recorded.push(whole)
      onEvent?.(whole)
    },
    events: () => recorded.toSorted((a, b) => a.at - b.at),
    now: () => clock() - startedAt,
  }
}
