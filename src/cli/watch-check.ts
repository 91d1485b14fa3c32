import { LearnerError } from '../check/learner-error.ts'
import type { Lesson } from '../check/lesson.ts'
import type { TraceEvent } from '../check/trace.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import { recordVerdict } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { fallenText } from '../ui/fallen.ts'
import type { Result } from '../ui/watch-state.ts'
import { hasFallen, judgeLesson, verdictState } from './judge-lesson.ts'
import type { Context } from './context.ts'
import { standingOf } from './watch-lesson.ts'
import type { WatchEvent } from './watch-update.ts'

const tickMs = 200

export interface CheckerOptions {
  readonly context: Context
  readonly root: string
  readonly emit: (event: WatchEvent) => void
  /** Told of what nobody can mend from here. */
  readonly fail: (error: unknown) => void
}

/** Runs one check at a time: the newest. */
export interface Checker {
  /** Cancels the one that runs. */
  start(lesson: Lesson): void
  /** Resolves when no server is left. */
  end(): Promise<void>
}

interface Judging {
  readonly signal: AbortSignal
  readonly onEvent: (event: TraceEvent) => void
  readonly onWait: (pid: number) => void
}

export function createChecker({ context, root, emit, fail }: CheckerOptions): Checker {
  let newest = new AbortController()
  let run = 0
  // One after another: two servers would write the same log.
  let last: Promise<void> = Promise.resolve()

  async function check(lesson: Lesson, id: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    let started = performance.now()
    const ticks = setInterval(() => emit({ kind: 'tick', run: id, now: performance.now() - started }), tickMs)
    const onEvent = (event: TraceEvent) => {
      // Waiting for one's turn is no part of the run.
      if (event.kind === 'start') started = performance.now() - event.at
      emit({ kind: 'traced', run: id, event })
    }
    const onWait = (pid: number) => emit({ kind: 'check-waits', run: id, pid })
    try {
      const result = await resultOf(lesson, { signal, onEvent, onWait })
      emit({ kind: 'check-ended', run: id, result, ...standingOf(root, lesson) })
    } catch (error) {
      if (!signal.aborted) fail(error)
    } finally {
      clearInterval(ticks)
    }
  }

  async function resultOf(lesson: Lesson, options: Judging): Promise<Result> {
    try {
      const judged = await judgeLesson(root, lesson, options)
      options.signal.throwIfAborted()
      const { progress } = readProgress(root)
      recordVerdict(root, lesson.id, judged.verdict.verdict)
      const remark = hasFallen(progress, judged) ? fallenText([lessonNumber(course, lesson)]) : undefined
      return { kind: 'judged', verdict: { ...verdictState(context, root, judged), remark } }
    } catch (error) {
      if (!(error instanceof LearnerError)) throw error
      return { kind: 'broke', message: context.typed(error.message), hint: context.typed(error.hint) }
    }
  }

  return {
    start(lesson) {
      newest.abort()
      newest = new AbortController()
      const signal = AbortSignal.any([context.signal, newest.signal])
      const id = ++run
      emit({ kind: 'check-began', run: id })
      last = last.then(() => check(lesson, id, signal))
    },
    async end() {
      newest.abort()
      await last
    },
  }
}
