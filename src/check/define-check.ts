import type { Probe } from './probe.ts'
import type { TraceView } from './trace-view.ts'
import type { Step } from './verdict.ts'

/** What a lesson proves: a script to run and what its trace must show. */
export interface Check {
  /** Files watched and held besides `log.txt`, relative to the lesson folder. */
  readonly files?: readonly string[]
  readonly probe: Probe
  /** In the order of the mistakes they find: the first that fails names the answer. */
  readonly expectations: readonly Expectation[]
}

/** What judging one expectation finds; its title is the expectation's own. */
export type Finding = Omit<Step, 'title'>

/** Judged from the trace alone. */
export interface Expectation {
  readonly title: string
  /** `known`: the lines that any step of the check expects. */
  judge(view: TraceView, known: readonly string[]): Finding
  /** Replies that routes of the lesson must give: a bare 404 in their place is a missing route. */
  readonly answers?: readonly ExpectedAnswer[]
  /** The log lines it expects: no other step takes them for wrong ones. */
  lines?(view: TraceView): readonly string[]
}

export interface ExpectedAnswer {
  readonly request: string
  readonly status: number
}

export function defineCheck(check: Check): Check {
  return check
}

export const passed: Finding = { status: 'passed' }
/** What this step is about did not happen, and another step says why. */
export const skipped: Finding = { status: 'skipped' }

/** Several expectations shown as one step: it fails with the first of them that fails. */
export function allOf(title: string, parts: readonly Expectation[]): Expectation {
  return {
    title,
    answers: parts.flatMap(({ answers = [] }) => answers),
    lines: (view) => linesOf(parts, view),
    judge(view, known) {
      const findings = parts.map((part) => part.judge(view, known))
      const first = (status: Finding['status']) => findings.find((finding) => finding.status === status)
      return first('failed') ?? first('inconclusive') ?? first('passed') ?? skipped
    },
  }
}

export function linesOf(expectations: readonly Expectation[], view: TraceView): readonly string[] {
  return expectations.flatMap((expectation) => expectation.lines?.(view) ?? [])
}
