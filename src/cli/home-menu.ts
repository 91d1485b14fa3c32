import type { Lesson } from '../check/lesson.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import { currentLesson, lessonProgress } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { renderBanner, renderWelcome } from '../ui/home.ts'
import { stateMark } from '../ui/list.ts'
import { askChoice, type Choice } from '../ui/prompts.ts'
import type { Context, ExitCode } from './context.ts'
import { courseState, homeState } from './course-state.ts'

type Action = 'continue' | 'read' | 'check' | 'hint' | 'solution' | 'choose' | 'reset' | 'quit'

/** The interactive home: one lesson is chosen, and stays so until the learner moves on. */
export async function homeMenu(context: Context, root: string): Promise<ExitCode> {
  const { stdout } = context
  const { progress } = readProgress(root)
  let lesson = currentLesson(course, progress)
  let selected: Action = 'read'
  stdout.write(`\n${renderBanner(homeState(context, root, lesson), context)}\n\n`)
  if (Object.keys(progress.lessons).length === 0) stdout.write(`${renderWelcome(context)}\n`)
  while (!context.signal.aborted) {
    const action = await askAction(context, root, { lesson, selected })
    if (action === 'quit') return 0
    if (action === 'choose') lesson = await askLesson(context, root, lesson)
    if (action === 'continue') lesson = currentLesson(course, readProgress(root).progress)
    await act(context, action, lesson)
    if (action !== 'choose') stdout.write('\n')
    selected = action === 'choose' || action === 'continue' ? 'read' : 'check'
  }
  return 130
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
    { name: 'Read the lesson', value: 'read' },
    { name: passed ? 'Check my answer again' : 'Check my answer', value: 'check' },
    { name: 'Show me a hint', value: 'hint' },
    // Earned by passing, or by trying.
    passed || failures >= 3 ? { name: 'Compare with the model answer', value: 'solution' } : undefined,
    { name: 'Choose another lesson', value: 'choose' },
    { name: 'Start this lesson again', value: 'reset' },
    { name: 'Quit', value: 'quit' },
  ]
  const offered = choices.filter((choice) => choice !== undefined)
  return await askChoice(context, {
    message: `Lesson ${nameOf(lesson)}${passed ? ' (passed)' : ''}`,
    detail: homeState(context, root, lesson).file,
    choices: offered,
    selected: offered[0]!.value === 'continue' ? 'continue' : selected,
  })
}

async function askLesson(context: Context, root: string, lesson: Lesson): Promise<Lesson> {
  const states = courseState(readProgress(root).progress)
  const id = await askChoice(context, {
    message: 'Which lesson?',
    choices: states.map((state) => ({
      name: `${stateMark(state, context)} ${state.number}  ${state.title}`,
      value: state.id,
    })),
    selected: lesson.id,
  })
  return course.find((candidate) => candidate.id === id)!
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
    case 'choose':
    case 'quit':
      break
  }
}

function nameOf(lesson: Lesson): string {
  return `${lessonNumber(course, lesson)}, ${lesson.title}`
}
