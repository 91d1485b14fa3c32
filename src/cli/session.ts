import { relative, sep } from 'node:path'
import type { Lesson } from '../check/lesson.ts'
import { currentLesson, type Progress } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { inspectSandbox, openSandbox } from '../course/sandbox.ts'
import { course, findLesson, lessonNumber } from '../course/lessons.ts'
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

/** The lesson asked for, or the one the learner is at. That may be another than whose folder this is: it is said. */
export function chooseLesson(
  context: Context,
  query: string | undefined,
  { root, progress }: Pick<Glance, 'root' | 'progress'>,
): Lesson {
  if (query !== undefined) return findLesson(course, query)
  const current = currentLesson(course, progress)
  const here = root === undefined ? undefined : lessonAround(root, context.cwd)
  if (here !== undefined && here !== current) {
    const { stderr, stderrColour } = context
    const text =
      `You are in ${here.id}, but the lesson to go on with is ${current.id}, so this is about that one. ` +
      `For the other, add its number: ${lessonNumber(course, here)}.`
    stderr.write(`${stderrColour.yellow(wrap(text, stderrScreen(context)))}\n`)
  }
  return current
}

/** The lesson whose folder this is, or lies in. */
function lessonAround(root: string, folder: string): Lesson | undefined {
  const [top] = relative(root, folder).split(sep)
  return course.find(({ id }) => id === top)
}
