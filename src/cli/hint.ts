import { course, lessonNumber } from '../course/lessons.ts'
import { lessonProgress, recordHints } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { renderHints } from '../ui/hints.ts'
import type { Context, ExitCode } from './context.ts'
import { chooseLesson, enterSandbox } from './session.ts'

export interface HintOptions {
  readonly lesson?: string | undefined
  readonly all?: boolean
}

/** One hint more than last time, or all; how many were shown is remembered. */
export async function hint(context: Context, { lesson: query, all = false }: HintOptions): Promise<ExitCode> {
  const root = enterSandbox(context)
  const { progress } = readProgress(root)
  const lesson = chooseLesson(context, query, { root, progress })
  const { hints } = lesson
  const shown = lessonProgress(progress, lesson.id).hints
  const wanted = all || shown >= hints.length ? { from: 0, to: hints.length } : { from: shown, to: shown + 1 }
  recordHints(root, lesson.id, wanted.to)
  const number = lessonNumber(course, lesson)
  const next =
    wanted.to < hints.length
      ? { text: 'One more', command: context.command(`hint ${number}`) }
      : { text: 'That is all of them. The model answer', command: context.command(`solution ${number}`) }
  const state = { title: lesson.title, number, hints, ...wanted }
  context.stdout.write(renderHints(context.inMenu ? state : { ...state, next }, context))
  return 0
}
