import { course, findLesson, lessonNumber, lessonText } from '../course/lessons.ts'
import { renderMarkdown } from '../ui/markdown.ts'
import type { Context, ExitCode } from './context.ts'
import { chooseLesson, glanceAtSandbox } from './session.ts'

/** The lesson's text; makes no sandbox, and asks for one only to know where the learner is. */
export async function read(
  context: Context,
  { lesson: query }: { readonly lesson?: string | undefined },
): Promise<ExitCode> {
  const lesson =
    query === undefined ? chooseLesson(query, glanceAtSandbox(context).progress) : findLesson(course, query)
  context.stdout.write(renderMarkdown(lessonText(lesson), context))
  if (context.interactive) {
    const command = context.command(`check ${lessonNumber(course, lesson)}`)
    context.stderr.write(`\nWhen you have an answer: ${context.stderrColour.cyan(command)}\n`)
  }
  return 0
}
