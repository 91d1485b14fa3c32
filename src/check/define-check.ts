import type { Probe } from './probe.ts'
import type { TraceView } from './trace-view.ts'
import type { Step } from './verdict.ts'

/** What a lesson proves: a script to run and what its trace must show. */
export interface Check {
  /** Files watched and held besides `log.txt`, relative to the lesson folder. */
  readonly files?: readonly string[]
  readonly probe: Probe
  readonly expectations: readonly Expectation[]
}

/** Judged from the trace alone. `Step.title` is the expectation's own. */
export interface Expectation {
  readonly title: string
  judge(view: TraceView): Omit<Step, 'title'>
}

export function defineCheck(check: Check): Check {
  return check
}
