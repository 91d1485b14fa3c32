import { course } from '../course/lessons.ts'
import { currentLesson, lessonProgress } from '../course/progress.ts'
import { renderList } from '../ui/list.ts'
import type { Context, ExitCode } from './context.ts'
import { writeJson } from './json.ts'
import { courseState } from './course-state.ts'
import { glanceAtSandbox } from './session.ts'

/** The lessons with their state; makes no sandbox. */
export async function list(
  context: Context,
  { json = false }: { readonly json?: boolean },
): Promise<ExitCode> {
  const { root, path, progress } = glanceAtSandbox(context)
  if (json) {
    const lessons = course.map(({ id, title, summary }, index) => {
      const { passedAt } = lessonProgress(progress, id)
      return {
        number: index + 1,
        id,
        title,
        summary,
        state: passedAt === undefined ? 'pending' : 'passed',
        passedAt,
      }
    })
    const current = currentLesson(course, progress).id
    writeJson(context.stdout, { schema: 1, sandbox: root ?? null, current, lessons })
    return 0
  }
  context.stdout.write(renderList(courseState(progress), context))
  if (root === undefined) context.stderr.write(`No sandbox yet; the first check makes one in ${path}\n`)
  return 0
}
