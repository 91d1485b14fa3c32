import { course, findLesson, lessonNumber } from '../course/lessons.ts'
import { currentLesson, isFinished } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { renderBanner, renderWelcome } from '../ui/home.ts'
import { stateMark } from '../ui/list.ts'
import { askMenu, type Choice } from '../ui/prompts.ts'
import { attended } from './attended.ts'
import type { Context, ExitCode } from './context.ts'
import { homeState } from './course-state.ts'
import { lessonMenu } from './home-menu.ts'

/** The home where somebody can choose: the course, and behind each lesson what can be done in it. */
export async function homeCourse(context: Context, root: string): Promise<ExitCode> {
  context.stdout.write('\n')
  while (!context.signal.aborted) {
    const where = await askWhere(context, root)
    const exit =
      where === 'quit' || where === 'all' ? where : await lessonMenu(context, root, findLesson(course, where))
    if (exit === 'quit') return 0
    if (exit === 'interrupted') return 130
    if (exit === 'all') {
      await attended(context, async (own) => (await import('./check.ts')).check(own, { all: true }))
    }
    context.stdout.write('\n')
  }
  return 130
}

async function askWhere(context: Context, root: string): Promise<string> {
  const { progress } = readProgress(root)
  const finished = isFinished(course, progress)
  const current = currentLesson(course, progress)
  const state = homeState(context, root, current)
  const isNew = Object.keys(progress.lessons).length === 0
  const lessons = state.lessons.map((lesson) => ({
    name: lesson.title,
    value: lesson.id,
    number: lesson.number,
    mark: stateMark(lesson, context),
    detail: lesson.summary,
  }))
  const all: Choice<string> = {
    name: finished ? 'Judge all of them once more, together' : 'Check all lessons',
    value: 'all',
    apart: true,
    detail: finished ? 'When all pass again, you are through.' : 'Side by side; it takes a few seconds.',
  }
  const quit: Choice<string> = { name: 'Quit', value: 'quit', apart: isNew }
  return await askMenu(context, {
    head: (screen) =>
      [renderBanner(state, screen), isNew && renderWelcome(screen).trimEnd()].filter(Boolean).join('\n\n'),
    question: finished
      ? 'All passed. What now?'
      : isNew
        ? 'Where to begin?'
        : `Go on with lesson ${lessonNumber(course, current)}, or where to?`,
    choices: [...lessons, ...(isNew ? [] : [all]), quit],
    selected: finished ? 'all' : current.id,
  })
}
