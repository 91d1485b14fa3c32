import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sync as writeFileAtomic } from 'write-file-atomic'
import type { Lesson } from '../check/lesson.ts'
import type { Outcome } from '../check/verdict.ts'
import { onDisk } from './disk-error.ts'
import { withLock } from './lock.ts'
import { progressFile, readProgress, setAside } from './progress-file.ts'

/** What `.bgtasks/progress.json` holds. Lessons nothing is known of are absent. */
export interface Progress {
  readonly schema: number
  readonly lessons: Readonly<Record<string, LessonProgress>>
}

export interface LessonProgress {
  /** ISO 8601; absent while the lesson is pending. */
  readonly passedAt?: string
  /** Checks failed in a row. */
  readonly failures: number
  /** Hints shown so far. */
  readonly hints: number
  /** The learner was asked for a prediction, and need not be asked again. */
  readonly asked?: boolean
}

export const untouched: LessonProgress = { failures: 0, hints: 0 }

export function lessonProgress(progress: Progress, lessonId: string): LessonProgress {
  return progress.lessons[lessonId] ?? untouched
}

/** An inconclusive run changes nothing; a lesson that no longer passes is pending again. */
export function recordVerdict(root: string, lessonId: string, verdict: Outcome): Progress {
  if (verdict === 'inconclusive') return readProgress(root).progress
  return updateLesson(root, lessonId, ({ passedAt, ...before }) =>
    verdict === 'passed'
      ? { ...before, failures: 0, passedAt: passedAt ?? new Date().toISOString() }
      : { ...before, failures: before.failures + 1 },
  )
}

export function recordHints(root: string, lessonId: string, hints: number): Progress {
  return updateLesson(root, lessonId, (before) => ({ ...before, hints: Math.max(before.hints, hints) }))
}

export function recordAsked(root: string, lessonId: string): Progress {
  return updateLesson(root, lessonId, (before) => ({ ...before, asked: true }))
}

/** The lesson to go on with: the next pending one after the last passed, wrapping; the last passed when all are. */
export function currentLesson(course: readonly Lesson[], progress: Progress): Lesson {
  const last = lastPassed(course, progress)
  const afterLast = [...course.slice(last + 1), ...course.slice(0, last + 1)]
  const pending = afterLast.find(({ id }) => lessonProgress(progress, id).passedAt === undefined)
  return pending ?? course[last]!
}

export function isFinished(course: readonly Lesson[], progress: Progress): boolean {
  return course.every(({ id }) => lessonProgress(progress, id).passedAt !== undefined)
}

/** Reads, changes and writes under a lock, so that two processes never lose each other's entry. */
export function updateProgress(root: string, change: (before: Progress) => Progress): Progress {
  const file = progressFile(root)
  return onDisk(`write ${file}`, () => {
    mkdirSync(join(file, '..'), { recursive: true })
    return withLock(`${file}.lock`, () => {
      const { progress: before, damaged } = readProgress(root)
      if (damaged) setAside(file)
      const after = change(before)
      writeFileAtomic(file, `${JSON.stringify(after, undefined, 2)}\n`)
      return after
    })
  })
}

function updateLesson(
  root: string,
  id: string,
  change: (before: LessonProgress) => LessonProgress,
): Progress {
  return updateProgress(root, (before) => ({
    ...before,
    lessons: { ...before.lessons, [id]: change(lessonProgress(before, id)) },
  }))
}

/** Position in the course, -1 when none is passed. Of two passed in the same millisecond, the later lesson. */
function lastPassed(course: readonly Lesson[], progress: Progress): number {
  const at = (index: number): string => lessonProgress(progress, course[index]?.id ?? '').passedAt ?? ''
  return course.reduce((last, _, index) => (at(index) !== '' && at(index) >= at(last) ? index : last), -1)
}
