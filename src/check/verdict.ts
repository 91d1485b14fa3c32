/** In order of precedence: the first that fits names a step, the first failing step names the answer. */
export const mistakes = [
  'does-not-start',
  'route-missing',
  'crashes-server',
  'called-not-passed',
  'blocks-event-loop',
  'never-replies',
  'unauthorised-accepted',
  'unauthorised-task-ran',
  'critical-work-deferred',
  'not-saved',
  'waits-for-task',
  'runs-too-early',
  'discarded-task-ran',
  'failure-spreads',
  'error-swallowed',
  'wrong-order',
  'tasks-serialised',
  'task-too-short',
  'log-overwritten',
  'log-elsewhere',
  'log-line-repeated',
  'log-line-wrong',
  'console-line-missing',
  'task-never-ran',
  'not-your-own',
  'wrong-reply',
] as const

export type Mistake = (typeof mistakes)[number]

export type NoteName = 'starts-early' | 'unhandled-rejection-ahead'

export type Outcome = 'passed' | 'failed' | 'inconclusive'

/** One expectation, judged. A failed step always has a `mistake`. `where` is `file:line`. */
export interface Step {
  readonly title: string
  readonly status: Outcome | 'skipped'
  readonly mistake?: Mistake
  /** What was seen, with the figures of this run. One or two sentences. */
  readonly detail?: string
  readonly where?: string
  /** The line that called what happened at `where`, where that is the one to change. */
  readonly from?: string
  /** The name of the request that showed it, for the `curl` line. */
  readonly request?: string
  /** What to try next, where that is more exact than what goes for the mistake in general. */
  readonly next?: string
  readonly expected?: string
  readonly actual?: string
}

/** A remark on an answer that passes. */
export interface Note {
  readonly note: NoteName
  readonly detail: string
  readonly where?: string
}

export interface Verdict {
  readonly verdict: Outcome
  readonly steps: readonly Step[]
  readonly notes: readonly Note[]
}
