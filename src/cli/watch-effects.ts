import { LearnerError } from '../check/learner-error.ts'
import type { Lesson } from '../check/lesson.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import { currentLesson, isFinished, recordHints } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { resetLessons } from '../course/reset.ts'
import { playPort } from '../ui/curl.ts'
import type { NextCommand } from '../ui/verdict.ts'
import { renderLeaving } from '../ui/watch-leaving.ts'
import { hasPassed, type WatchState } from '../ui/watch-state.ts'
import { check } from './check.ts'
import type { Context, ExitCode } from './context.ts'
import { runLesson } from './run.ts'
import type { Checker } from './watch-check.ts'
import { edit, placeToEdit } from './watch-edit.ts'
import { panelOf } from './watch-lesson.ts'
import type { TerminalSession } from './watch-terminal.ts'
import type { WatchEffect, WatchEvent } from './watch-update.ts'

/** What effects work with. */
export interface World {
  readonly context: Context
  readonly root: string
  readonly terminal: TerminalSession
  readonly checker: Checker
  readonly emit: (event: WatchEvent) => void
  readonly lesson: Lesson
  readonly state: WatchState
  /** Goes on with another lesson. */
  open(lesson: Lesson): void
}

/** What is left to do when the terminal is as it was found again. */
export type WayOut = () => Promise<ExitCode>

/** Does what an update asks for; answers where that ends the watching. */
export async function perform(effect: WatchEffect, world: World): Promise<WayOut | undefined> {
  const { context, root, terminal, checker, emit, lesson } = world
  switch (effect.do) {
    case 'check':
      checker.start(lesson)
      break
    case 'show':
      emit({ kind: 'panel-opened', panel: panelOf(effect.what, root, lesson) })
      break
    case 'remember-hints':
      recordHints(root, lesson.id, effect.count)
      break
    case 'open-lesson':
      world.open(course[effect.number - 1] ?? lesson)
      break
    case 'next-lesson': {
      const { progress } = readProgress(root)
      if (isFinished(course, progress)) return () => check(context, { all: true })
      world.open(currentLesson(course, progress))
      break
    }
    case 'reset':
      emit({ kind: 'said', text: reset(world) })
      break
    case 'suspend':
      terminal.suspend()
      break
    case 'edit': {
      const place = placeToEdit(root, lesson, world.state)
      emit({ kind: 'said', text: await edit({ context, terminal, place }) })
      break
    }
    case 'run':
      return await runHere(world)
    case 'quit':
      return () => Promise.resolve(effect.code === 0 ? takeLeave(world) : effect.code)
  }
  return undefined
}

/** The screen that was drawn on goes with us: what counts is said where the learner types on. */
function takeLeave({ context, root, state }: World): ExitCode {
  const next = context.inMenu ? undefined : nextCommand(context, root, state)
  context.stdout.write(renderLeaving({ ...state, next }, context))
  return 0
}

function nextCommand({ command }: Context, root: string, state: WatchState): NextCommand {
  if (state.checking !== undefined || !hasPassed(state))
    return { text: 'Go on', command: command(`watch ${state.lesson.number}`) }
  const { progress } = readProgress(root)
  if (isFinished(course, progress)) return { text: 'All together', command: command('check --all') }
  return { text: 'Next', command: command(`watch ${lessonNumber(course, currentLesson(course, progress))}`) }
}

function reset({ context, root, lesson }: World): string {
  const number = lessonNumber(course, lesson)
  const replaced = resetLessons(root, [lesson.id])
  if (replaced === undefined) return `Lesson ${number} is already as it was given.`
  const command = context.command(`reset --undo ${replaced.backup.name}`)
  return `Lesson ${number} is as it was given again. To have yours back: ${command}`
}

/** The server to play with has the terminal, and the log, to itself. */
async function runHere({
  context,
  root,
  terminal,
  checker,
  emit,
  lesson,
}: World): Promise<WayOut | undefined> {
  await checker.end()
  try {
    const code = await terminal.lend(() => runLesson(context, root, { lesson, port: playPort }))
    if (code === 130) return () => Promise.resolve(code)
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error
    emit({ kind: 'said', text: context.typed(`${error.message} ${error.hint}`) })
  }
  checker.start(lesson)
  return undefined
}
