import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { judge } from '../check/judge.ts'
import type { Lesson } from '../check/lesson.ts'
import type { Trace } from '../check/trace.ts'
import type { Verdict } from '../check/verdict.ts'
import { keepRun, readLastRun } from '../course/last-run.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import { prepareLesson } from '../course/mend.ts'
import { lessonProgress, type Progress } from '../course/progress.ts'
import { withRunLock } from '../course/run-lock.ts'
import { type RunOptions, runProbe } from '../lab/run-probe.ts'
import { timelineOf } from '../ui/timeline-lanes.ts'
import type { VerdictState } from '../ui/verdict.ts'
import type { Context } from './context.ts'
import { nearPath } from './course-state.ts'

/** One lesson, run and judged. */
export interface Judged {
  readonly lesson: Lesson
  readonly verdict: Verdict
  readonly trace: Trace
  /** Of the check before, if there was one. */
  readonly previous: Trace | undefined
  readonly durationMs: number
}

export interface JudgeOptions extends Pick<RunOptions, 'signal' | 'onEvent'> {
  /** Told when another process of ours runs this lesson, with its id. */
  readonly onWait?: (pid: number) => void
}

/** A check takes seconds, and the worst server a minute. */
const waitMs = 60_000

/** Runs the probe and judges the trace. */
export async function judgeLesson(root: string, lesson: Lesson, options: JudgeOptions): Promise<Judged> {
  const started = performance.now()
  const { probe, files = [] } = lesson.check
  const { signal, onEvent, onWait = () => undefined } = options
  return await withRunLock({ root, lessonId: lesson.id, waitMs, signal, onWait }, async () => {
    const lessonDir = prepareLesson(root, lesson)
    const trace = await runProbe({ lessonDir, probe, files, signal, onEvent })
    const verdict = judge(lesson.check, trace)
    const previous = readLastRun(root, lesson.id)
    keepRun(root, lesson.id, trace)
    return { lesson, verdict, trace, previous, durationMs: Math.round(performance.now() - started) }
  })
}

/** It had passed before, and does not now. */
export function hasFallen(before: Progress, { lesson, verdict }: Judged): boolean {
  return verdict.verdict === 'failed' && lessonProgress(before, lesson.id).passedAt !== undefined
}

/** What is shown of a verdict; the learner's code as it is now. */
export function verdictState(
  context: Context,
  root: string,
  { lesson, verdict, trace, previous }: Omit<Judged, 'durationMs'>,
): VerdictState {
  const folder = join(root, lesson.id)
  const places = [
    ...verdict.steps.flatMap(({ where, from }) => [where, from]),
    ...verdict.notes.map(({ where }) => where),
  ]
  const files = new Set(places.flatMap((place) => place?.slice(0, place.lastIndexOf(':')) ?? []))
  const sources = new Map([...files].map((file) => [file, sourceOf(join(folder, file))]))
  return {
    lesson: { number: lessonNumber(course, lesson), title: lesson.title },
    verdict,
    trace,
    timeline: timelineOf(trace, previous),
    folder: nearPath(context, folder),
    folderPath: folder,
    source: (file) => sources.get(file),
    next: [],
    seenFrom: 'top',
  }
}

function sourceOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
