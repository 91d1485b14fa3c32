import type { TraceEvent } from '../check/trace.ts'
import type { CodeFile } from './code.ts'
import type { LessonState } from './list.ts'
import type { VerdictState } from './verdict.ts'

/** All that the screen of `watch` shows; it changes by events only. */
export interface WatchState {
  readonly lesson: WatchedLesson
  readonly lessons: readonly LessonState[]
  /** Checks failed in a row. */
  readonly failures: number
  /** The learner's files are no longer as they were given. */
  readonly changed: boolean
  /** How many hints were shown so far, on other days too. */
  readonly hintsSeen: number
  /** Absent while nothing is being checked. */
  readonly checking: Checking | undefined
  /** What the newest finished check found; it may be of an older save while one is running. */
  readonly result: Result | undefined
  readonly panel: Panel
  /** The last change that was seen in the lesson's files. */
  readonly saved: { readonly file: string; readonly at: Date } | undefined
  /** What came of the last key. */
  readonly said: string | undefined
  /** Lines above the first one shown; `newest`: down to where the last part of the body begins. */
  readonly scroll: number | 'newest'
}

export interface WatchedLesson {
  readonly id: string
  /** 1 for the first. */
  readonly number: number
  readonly title: string
  readonly hints: readonly string[]
}

export interface Checking {
  /** Tells this run from one that was cancelled. */
  readonly run: number
  /** Those that say what is being waited for. */
  readonly events: readonly TraceEvent[]
  /** Milliseconds since the server was started, or since it could have been. */
  readonly now: number
  /** The process of ours that runs this lesson too, until it lets this check begin. */
  readonly behind?: number
}

export type Result =
  | { readonly kind: 'judged'; readonly verdict: VerdictState }
  /** No verdict could be reached. */
  | { readonly kind: 'broke'; readonly message: string; readonly hint: string }

/** What the screen is about: the result, or something that was asked for and is left again. */
export type Panel =
  | { readonly kind: 'result' }
  | { readonly kind: 'read'; readonly markdown: string }
  | { readonly kind: 'solution'; readonly files: readonly CodeFile[] }
  | {
      readonly kind: 'diff'
      readonly pairs: readonly { readonly yours: CodeFile; readonly model: CodeFile }[]
    }
  /** The first `shown` of the lesson's. */
  | { readonly kind: 'hints'; readonly shown: number }
  /** The lesson with the number `selected` would be opened. */
  | { readonly kind: 'list'; readonly selected: number }
  | { readonly kind: 'reset' }

export function hasPassed({ result }: WatchState): boolean {
  return result?.kind === 'judged' && result.verdict.verdict.verdict === 'passed'
}
