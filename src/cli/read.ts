import stringWidth from 'string-width'
import { course, findLesson, lessonNumber, lessonText } from '../course/lessons.ts'
import { toAscii } from '../ui/ascii.ts'
import { renderMarkdown } from '../ui/markdown.ts'
import type { Context, ExitCode } from './context.ts'
import { page } from './programs.ts'
import { chooseLesson, glanceAtSandbox } from './session.ts'

/** The lesson's text; makes no sandbox, and asks for one only to know where the learner is. */
export async function read(
  context: Context,
  { lesson: query }: { readonly lesson?: string | undefined },
): Promise<ExitCode> {
  const lesson =
    query === undefined ? chooseLesson(context, query, glanceAtSandbox(context)) : findLesson(course, query)
  const source = lessonText(lesson)
  // In ASCII some signs are longer, so they are replaced before lines are measured.
  const text = renderMarkdown(context.plain ? toAscii(source) : source, context)
  if (!(isLong(context, text) && (await page(context, text)))) context.stdout.write(text)
  if (context.interactive && !context.inMenu) {
    const command = context.command(`check ${lessonNumber(course, lesson)}`)
    context.stderr.write(`\nWhen you have an answer: ${context.stderrColour.cyan(command)}\n`)
  }
  return 0
}

/** Longer than the screen of somebody who can turn pages. */
function isLong({ interactive, plain, terminal, width }: Context, text: string): boolean {
  const { rows = Infinity } = terminal.output
  const lines = text.split('\n').map((line) => Math.max(1, Math.ceil(stringWidth(line) / width)))
  return interactive && !plain && lines.reduce((sum, count) => sum + count, 0) > rows
}
