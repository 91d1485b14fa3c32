import { learnerFile, solutionFiles } from '../course/answer.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import { lessonProgress } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import type { Lesson } from '../check/lesson.ts'
import { renderDiff } from '../ui/diff.ts'
import { renderCodeFile } from '../ui/code.ts'
import type { Context, ExitCode } from './context.ts'
import { chooseLesson, enterSandbox, glanceAtSandbox } from './session.ts'

export interface SolutionOptions {
  readonly lesson?: string | undefined
  readonly diff?: boolean
}

/** The model answer, or what differs between it and the learner's. Nobody is kept from looking. */
export async function solution(
  context: Context,
  { lesson: query, diff = false }: SolutionOptions,
): Promise<ExitCode> {
  const root = diff ? enterSandbox(context) : undefined
  const glance = root === undefined ? glanceAtSandbox(context) : { root, ...readProgress(root) }
  const lesson = chooseLesson(context, query, glance)
  const { passedAt, hints } = lessonProgress(glance.progress, lesson.id)
  if (!context.inMenu && passedAt === undefined && hints < lesson.hints.length) {
    const command = context.command(`hint ${lessonNumber(course, lesson)}`)
    const left = `Hints you have not seen: ${lesson.hints.length - hints}. To see one: ${command}`
    context.stderr.write(`${context.stderrColour.dim(left)}\n\n`)
  }
  context.stdout.write(root === undefined ? modelAnswer(context, lesson) : differences(context, root, lesson))
  return 0
}

function modelAnswer(context: Context, lesson: Lesson): string {
  return solutionFiles(lesson.id)
    .map((file) => renderCodeFile(file, context))
    .join('\n')
}

function differences(context: Context, root: string, lesson: Lesson): string {
  const diffs = solutionFiles(lesson.id).map((model) =>
    renderDiff({ yours: learnerFile(root, lesson.id, model.name), model }, context),
  )
  return diffs.join('') || 'Yours and the model answer are the same.\n'
}
