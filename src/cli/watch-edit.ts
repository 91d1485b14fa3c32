import { join } from 'node:path'
import { decisiveStep } from '../check/judge.ts'
import { LearnerError } from '../check/learner-error.ts'
import type { Lesson } from '../check/lesson.ts'
import { lessonFile } from '../course/answer.ts'
import type { WatchState } from '../ui/watch-state.ts'
import type { Context } from './context.ts'
import { nearPath } from './course-state.ts'
import { findEditor, openEditor, type Place } from './editor.ts'
import { namingHint } from './programs.ts'
import type { TerminalSession } from './watch-terminal.ts'

export interface Editing {
  readonly context: Context
  readonly terminal: TerminalSession
  readonly place: Place
}

/** Opens the place in the learner's editor; answers with what came of it, in words. */
export async function edit({ context, terminal, place }: Editing): Promise<string> {
  const editor = findEditor(context.env, place)
  if (editor === undefined) return notOpened('No editor was found.', context, place)
  try {
    const open = () => openEditor(editor)
    await (editor.inTerminal ? terminal.lend(() => context.lend(open)) : open())
    const shown = `${nearPath(context, place.file)}:${place.line}`
    return editor.inTerminal ? `Back from ${editor.name}.` : `Opened ${shown} in ${editor.name}.`
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error
    return notOpened(error.message, context, place)
  }
}

/** The whole path on a line of its own: it is to be copied, or opened by the terminal. */
function notOpened(why: string, { link }: Context, { file, line }: Place): string {
  const path = `${file}:${line}`
  return `${why} Open this file in yours:\n${link?.(path, file) ?? path}\n${namingHint}`
}

/** The line that the verdict names, else the file to begin in. */
export function placeToEdit(root: string, lesson: Lesson, { result }: WatchState): Place {
  const step = result?.kind === 'judged' ? decisiveStep(result.verdict.verdict) : undefined
  const [, file, line] = /^(.+):(\d+)$/.exec(step?.from ?? step?.where ?? '') ?? []
  if (file === undefined) return { file: lessonFile(root, lesson.id), line: 1 }
  return { file: join(root, lesson.id, file), line: Number(line) }
}
