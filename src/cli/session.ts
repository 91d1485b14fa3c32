import type { Lesson } from '../check/lesson.ts'
import { currentLesson, type Progress } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { inspectSandbox, openSandbox } from '../course/sandbox.ts'
import { course, findLesson } from '../course/lessons.ts'
import { wrap } from '../ui/wrap.ts'
import { stderrScreen, type Context } from './context.ts'

/** The learner's sandbox, made and mended where needed; what was done about it is said on stderr. */
export function enterSandbox(context: Context): string {
  const { root, made, mended } = openSandbox(context)
  const { stderr, stderrColour } = context
  if (made) stderr.write(stderrColour.dim(`Made your sandbox: ${root}`) + '\n')
  for (const sentence of mended)
    stderr.write(stderrColour.yellow(wrap(context.typed(sentence), stderrScreen(context))) + '\n')
  return root
}

export interface Glance {
  /** Absent while there is no sandbox. */
  readonly root: string | undefined
  /** Where the sandbox is or would be made. */
  readonly path: string
  readonly progress: Progress
}

/** For commands that make nothing: how far the learner is, be there a sandbox or not. */
export function glanceAtSandbox(context: Context): Glance {
  const { kind, root } = inspectSandbox(context)
  const { progress, damaged } = readProgress(root)
  if (damaged) {
    context.stderr.write(
      context.stderrColour.yellow('Your progress file is damaged; this is what can be read of it.') + '\n',
    )
  }
  return { root: kind === 'sandbox' ? root : undefined, path: root, progress }
}

/** The lesson asked for, or the one the learner is at. */
export function chooseLesson(query: string | undefined, progress: Progress): Lesson {
  return query === undefined ? currentLesson(course, progress) : findLesson(course, query)
}
