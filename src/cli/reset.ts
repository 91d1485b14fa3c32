import { LearnerError } from '../check/learner-error.ts'
import { listBackups, type Backup } from '../course/backup.ts'
import { course, findLesson, lessonNumber } from '../course/lessons.ts'
import { readProgress } from '../course/progress-file.ts'
import { changedFiles, lastBackup, resetLessons, undo, type Replaced } from '../course/reset.ts'
import { askYesNo } from '../ui/prompts.ts'
import { renderReplaced } from '../ui/replaced.ts'
import type { Context, ExitCode } from './context.ts'
import { chooseLesson, enterSandbox } from './session.ts'

export interface ResetOptions {
  readonly lesson?: string | undefined
  readonly all?: boolean
  readonly undo?: boolean
  readonly yes?: boolean
}

/** The starter again, or with `undo` what the last reset or undo replaced. */
export async function reset(context: Context, options: ResetOptions): Promise<ExitCode> {
  if (options.undo === true) return bringBack(context, options.lesson)
  if (options.yes !== true && !context.interactive) {
    throw new LearnerError('reset replaces your files and cannot ask you here whether it may.', {
      hint: `Say so with --yes: \`${context.command(`reset${whatAgain(options)} --yes`)}\`. What you have is backed up first.`,
    })
  }
  const root = enterSandbox(context)
  const lessons =
    options.all === true ? course : [chooseLesson(context, options.lesson, { root, ...readProgress(root) })]
  const ids = lessons.map(({ id }) => id)
  const subject = options.all === true ? 'Every lesson' : `Lesson ${lessonNumber(course, lessons[0]!)}`
  const changed = changedFiles(root, ids)
  if (changed.length > 0 && options.yes !== true) {
    const question = `Reset ${changed.join(', ')}? What you have is backed up first.`
    if (!(await askYesNo(context, question))) {
      context.stdout.write('Nothing was changed.\n')
      return 0
    }
  }
  const replaced = resetLessons(root, ids)
  if (replaced === undefined)
    context.stdout.write(`${subject} is already as it was given. Nothing was changed.\n`)
  else sayReplaced(context, `${subject} is as it was given again.`, replaced)
  return 0
}

/** Never asks: nothing is lost by it, and it is undone in the same way. */
function bringBack(context: Context, query: string | undefined): ExitCode {
  const root = enterSandbox(context)
  const { backup, lessonId } = chooseBackup(root, query)
  const replaced = undo(root, backup, lessonId)
  if (replaced === undefined) {
    context.stdout.write(`Your files are already as they were in ${backup.name}. Nothing was changed.\n`)
  } else {
    const ids = course.map(({ id }) => id).filter((id) => replaced.paths.some((path) => path.startsWith(id)))
    const what = changedFiles(root, ids).length === 0 ? ' That is the starter.' : ''
    sayReplaced(context, `Your files are again as they were in ${backup.name}.${what}`, replaced)
  }
  return 0
}

function chooseBackup(root: string, query: string | undefined): { backup: Backup; lessonId?: string } {
  const named = listBackups(root).find(({ name }) => name === query)
  if (named !== undefined) return { backup: named }
  if (query === undefined) return { backup: lastBackup(root) }
  const lessonId = findLesson(course, query).id
  return { backup: lastBackup(root, lessonId), lessonId }
}

function sayReplaced(context: Context, outcome: string, { paths, backup }: Replaced): void {
  const command = context.command(`reset --undo ${backup.name}`)
  context.stdout.write(
    renderReplaced(
      { outcome, paths, backup: context.link?.(backup.folder, backup.folder) ?? backup.folder, command },
      context,
    ),
  )
}

function whatAgain({ lesson, all }: ResetOptions): string {
  return all === true ? ' --all' : lesson === undefined ? '' : ` ${lesson}`
}
