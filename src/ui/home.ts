import { renderBar } from './bar.ts'
import type { LessonState } from './list.ts'
import type { Screen } from './screen.ts'
import { wrap } from './wrap.ts'

export interface HomeState {
  readonly lessons: readonly LessonState[]
  /** Where the learner's files are. */
  readonly sandbox: string
  /** The file to edit in the lesson to go on with. */
  readonly file: string
  /** The line to type for a command of ours. */
  readonly command: (rest: string) => string
}

/** Progress and the next step, in words to type: the home where no menu can be shown. */
export function renderHome(state: HomeState, screen: Screen): string {
  const { colour } = screen
  const next = state.lessons.find(({ current }) => current)
  const head = [renderBanner(state, screen), '']
  if (next === undefined) return [...head, ...finished(state, screen), ''].join('\n')
  const steps = [
    ['Read it', state.command(`read ${next.number}`)],
    ['Edit', state.file],
    ['Check it', state.command(`check ${next.number}`)],
    ['Stuck?', state.command(`hint ${next.number}`)],
  ] as const
  return [
    ...head,
    `Next is lesson ${next.number}: ${colour.bold(next.title)}`,
    ...steps.map(([label, line]) => `  ${label.padEnd(9)} ${colour.cyan(line)}`),
    '',
  ].join('\n')
}

/** The top of the home, with and without a menu. */
export function renderBanner({ lessons, sandbox }: HomeState, screen: Screen): string {
  const { colour } = screen
  return [
    colour.bold('Background tasks: the work after the answer'),
    renderBar(lessons, screen),
    colour.dim(`Your files are in ${sandbox}`),
  ].join('\n')
}

/** The top of a lesson's menu. */
export function renderLessonHead(
  { name, passed, file }: { readonly name: string; readonly passed: boolean; readonly file: string },
  { colour }: Screen,
): string {
  const mark = passed ? `  ${colour.green('✓ passed')}` : ''
  return `${colour.bold(`Lesson ${name}`)}${mark}\n  ${colour.dim(file)}`
}

/** Shown once, on first use. */
export function renderWelcome(screen: Screen): string {
  const lines = [
    'A lesson is a short text and a small server with a TODO.',
    'Read here, write your answer in your own editor, save it.',
    'A check runs it, sends requests, and shows what happened.',
    'Stuck? Hints come one by one. A reset keeps what you wrote.',
  ]
  return `${lines.map((line) => wrap(line, screen)).join('\n')}\n`
}

function finished({ lessons, command }: HomeState, { colour }: Screen): readonly string[] {
  return [
    colour.green(`All ${lessons.length} lessons are passed. Well done!`),
    `  Judge them once more, together: ${colour.cyan(command('check --all'))}`,
  ]
}
