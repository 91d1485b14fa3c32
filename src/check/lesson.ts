import type { Check } from './define-check.ts'
import type { Probe } from './probe.ts'

/**
 * A lesson as the course lists it. Its text is `lesson.md` beside it, its starter stands in
 * `sandbox/<id>/`, its model answer in `solutions/<id>/`.
 */
export interface Lesson {
  /** `03-basic-example`: stable for ever, progress is kept under it. */
  readonly id: string
  readonly title: string
  /** One short sentence for the list: what the learner does. */
  readonly summary: string
  /** At least three, from a nudge to nearly there. */
  readonly hints: readonly string[]
  readonly prediction: Prediction
  readonly check: Check
}

/**
 * A question on the starter, answered by running it: the learner guesses how long the client
 * waits for the request `probe` names 'starter'. Exactly one choice fits any measured time.
 */
export interface Prediction {
  readonly question: string
  readonly choices: readonly PredictionChoice[]
  readonly probe: Probe
  /** Said after the measurement: why it took that long. */
  readonly because: string
}

export interface PredictionChoice {
  readonly text: string
  /** Milliseconds until the reply's last byte; `undefined` when none came. */
  fits(replyMs: number | undefined): boolean
}

export function defineLesson(lesson: Lesson): Lesson {
  return lesson
}
