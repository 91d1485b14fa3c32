import type { Lesson } from '../check/lesson.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import { currentLesson, isFinished, lessonProgress } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { renderLessonHead } from '../ui/home.ts'
import { askMenu, type Choice } from '../ui/prompts.ts'
import type { Context } from './context.ts'
import { homeState } from './course-state.ts'

type Action = 'continue' | 'all' | 'read' | 'check' | 'hint' | 'solution' | 'course' | 'reset' | 'quit'

/** Where to from a lesson. */
export type Exit = 'course' | 'all' | 'quit'

/** What can be done in a lesson, until the learner goes elsewhere. */
export async function lessonMenu(context: Context, root: string, opened: Lesson): Promise<Exit> {
  let lesson = opened
  let selected: Action = 'read'
  while (!context.signal.aborted) {
    const action = await askAction(context, root, { lesson, selected })
    if (action === 'quit' || action === 'course' || action === 'all') return action
    if (action === 'continue') lesson = currentLesson(course, readProgress(root).progress)
    await act(context, action, lesson)
    context.stdout.write('\n')
    selected = action === 'continue' ? 'read' : 'check'
  }
  return 'quit'
}

async function askAction(
  context: Context,
  root: string,
  { lesson, selected }: { readonly lesson: Lesson; readonly selected: Action },
): Promise<Action> {
  const { progress } = readProgress(root)
  const { passedAt, failures } = lessonProgress(progress, lesson.id)
  const next = currentLesson(course, progress)
  const passed = passedAt !== undefined
  const choices: readonly (Choice<Action> | undefined)[] = [
    passed && next !== lesson ? { name: `Go on with lesson ${nameOf(next)}`, value: 'continue' } : undefined,
    passed && isFinished(course, progress)
      ? { name: 'Judge all lessons once more, together', value: 'all' }
      : undefined,
    { name: 'Read the lesson', value: 'read' },
    { name: passed ? 'Check my answer again' : 'Check my answer', value: 'check' },
    { name: 'Show me a hint', value: 'hint' },
    // Earned by passing, or by trying.
    passed || failures >= 3 ? { name: 'Compare with the model answer', value: 'solution' } : undefined,
    { name: 'Start this lesson again', value: 'reset' },
    { name: 'Back to the course', value: 'course', apart: true },
    { name: 'Quit', value: 'quit' },
  ]
  const offered = choices.filter((choice) => choice !== undefined)
  const { file } = homeState(context, root, lesson)
  return await askMenu(context, {
    head: (screen) => renderLessonHead({ name: nameOf(lesson), passed, file }, screen),
    question: 'What next?',
    choices: offered.map((choice, index) => ({ ...choice, number: index + 1 })),
    back: 'course',
    selected: offered[0]!.value === 'read' ? selected : offered[0]!.value,
  })
}

/** The same files that the commands load, with the same context. */
async function act(context: Context, action: Action, { id }: Lesson): Promise<void> {
  switch (action) {
    case 'continue':
    case 'read':
      await (await import('./read.ts')).read(context, { lesson: id })
      break
    case 'check':
      await (await import('./check.ts')).check(context, { lesson: id })
      break
    case 'hint':
      await (await import('./hint.ts')).hint(context, { lesson: id })
      break
    case 'solution':
      await (await import('./solution.ts')).solution(context, { lesson: id, diff: true })
      break
    case 'reset':
      await (await import('./reset.ts')).reset(context, { lesson: id })
      break
    case 'all':
    case 'course':
    case 'quit':
      break
  }
}

function nameOf(lesson: Lesson): string {
  return `${lessonNumber(course, lesson)}: ${lesson.title}`
}
