import type { Lesson } from '../check/lesson.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import { currentLesson, isFinished, lessonProgress } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { renderLessonHead } from '../ui/home.ts'
import { askMenu, type Choice } from '../ui/prompts.ts'
import { attended } from './attended.ts'
import type { Context, ExitCode } from './context.ts'
import { homeState } from './course-state.ts'

type Action =
  | 'continue'
  | 'all'
  | 'read'
  | 'watch'
  | 'check'
  | 'run'
  | 'hint'
  | 'solution'
  | 'predict'
  | 'course'
  | 'reset'
  | 'quit'

/** Where to from a lesson. */
export type Exit = 'course' | 'all' | 'quit' | 'interrupted'

/** What can be done in a lesson, until the learner goes elsewhere. */
export async function lessonMenu(context: Context, root: string, opened: Lesson): Promise<Exit> {
  let lesson = opened
  let selected: Action = 'read'
  let question = 'What next?'
  while (!context.signal.aborted) {
    const action = await askAction(context, root, { lesson, selected, question })
    question = 'What next?'
    if (action === 'quit' || action === 'course' || action === 'all') return action
    if (action === 'continue') lesson = currentLesson(course, readProgress(root).progress)
    const reads = action === 'read' || action === 'continue'
    // The answer to a guess is for looking at: the text comes when it is asked for once more.
    if (reads && (await guessFirst(context, root, lesson))) {
      selected = 'read'
      question = 'Now the text, which says why?'
    } else {
      if ((await act(context, root, { action, lesson })) === 130) return 'interrupted'
      // Who has read wants to try.
      selected = reads ? 'watch' : 'check'
    }
    context.stdout.write('\n')
  }
  return 'quit'
}

async function askAction(
  context: Context,
  root: string,
  {
    lesson,
    selected,
    question,
  }: { readonly lesson: Lesson; readonly selected: Action; readonly question: string },
): Promise<Action> {
  const { progress } = readProgress(root)
  const { passedAt, failures } = lessonProgress(progress, lesson.id)
  const next = currentLesson(course, progress)
  const passed = passedAt !== undefined
  // What is not always there has no number: a number means the same every time.
  const choices: readonly (Choice<Action> | undefined)[] = [
    passed && next !== lesson ? { name: `Go on with lesson ${nameOf(next)}`, value: 'continue' } : undefined,
    passed && isFinished(course, progress)
      ? { name: 'Judge all lessons once more, together', value: 'all' }
      : undefined,
    { number: 1, name: 'Read the lesson', value: 'read' },
    { number: 2, name: 'Watch: judge each time I save', value: 'watch' },
    { number: 3, name: passed ? 'Check my answer again' : 'Check my answer', value: 'check' },
    { number: 4, name: 'Run my server, to play with it', value: 'run' },
    { number: 5, name: 'Show me a hint', value: 'hint' },
    // Earned by passing, or by trying.
    passed || failures >= 3 ? { name: 'Compare with the model answer', value: 'solution' } : undefined,
    { number: 6, name: 'Guess what the starter does', value: 'predict' },
    { number: 7, name: 'Start this lesson again', value: 'reset' },
    { number: 8, name: 'Back to the course', value: 'course', apart: true },
    { number: 9, name: 'Quit', value: 'quit' },
  ]
  const offered = choices.filter((choice) => choice !== undefined)
  const { file } = homeState(context, root, lesson)
  return await askMenu(context, {
    head: (screen) => renderLessonHead({ name: nameOf(lesson), passed, file }, screen),
    question,
    choices: offered,
    back: 'course',
    selected: offered[0]!.value === 'read' ? selected : offered[0]!.value,
  })
}

async function guessFirst(context: Context, root: string, lesson: Lesson): Promise<boolean> {
  const { isPredictionDue, predict } = await import('./predict.ts')
  return isPredictionDue(root, lesson) && (await predict(context, root, lesson))
}

/** The same files that the commands load, with the same context. */
async function act(
  context: Context,
  root: string,
  { action, lesson }: { readonly action: Action; readonly lesson: Lesson },
): Promise<ExitCode> {
  const { id } = lesson
  switch (action) {
    case 'continue':
    case 'read':
      return await (await import('./read.ts')).read(context, { lesson: id })
    case 'predict':
      await (await import('./predict.ts')).predict(context, root, lesson)
      break
    case 'watch':
      return await (await import('./watch.ts')).watch(context, { lesson: id })
    case 'run':
      return await (await import('./run.ts')).run(context, { lesson: id })
    case 'check':
      await attended(context, async (own) => (await import('./check.ts')).check(own, { lesson: id }))
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
  return 0
}

function nameOf(lesson: Lesson): string {
  return `${lessonNumber(course, lesson)}: ${lesson.title}`
}
