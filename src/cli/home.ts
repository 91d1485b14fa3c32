import { course } from '../course/lessons.ts'
import { currentLesson } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { renderHome } from '../ui/home.ts'
import type { Context, ExitCode } from './context.ts'
import { homeState } from './course-state.ts'
import { enterSandbox } from './session.ts'

/** Where the learner stands and what comes next: a menu where somebody can choose, else in words to type. */
export async function home(context: Context): Promise<ExitCode> {
  const root = enterSandbox(context)
  if (context.interactive && !context.plain)
    return (await import('./home-course.ts')).homeCourse({ ...context, inMenu: true }, root)
  const { progress } = readProgress(root)
  context.stdout.write(renderHome(homeState(context, root, currentLesson(course, progress)), context))
  return 0
}
