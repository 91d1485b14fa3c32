import { join } from 'node:path'
import { decisiveStep } from '../check/judge.ts'
import { LearnerError } from '../check/learner-error.ts'
import type { Lesson } from '../check/lesson.ts'
import { lessonFile } from '../course/answer.ts'
import type { WatchState } from '../ui/watch-state.ts'
import type { Context } from './context.ts'
import { nearPath } from './course-state.ts'
import { findEditor, openEditor, type Place } from './editor.ts'
import type { TerminalSession } from './watch-terminal.ts'

export interface Editing {
  readonly context: Context
  readonly terminal: TerminalSession
  readonly place: Place
}

/** Opens the place in the learner's editor; answers with what came of it, in words. */
export async function edit({ context, terminal, place }: Editing): Promise<string> {
  const editor = findEditor(context.env, place)
  const shown = `${nearPath(context, place.file)}:${place.line}`
  if (editor === undefined) return `No editor was found: name yours in $EDITOR. The place is ${shown}`
  try {
    const open = () => openEditor(editor)
    await (editor.inTerminal ? terminal.lend(() => context.lend(open)) : open())
    return editor.inTerminal ? `Back from ${editor.name}.` : `Opened ${shown} in ${editor.name}.`
  } catch (error) {
    if (!(error instanceof LearnerError)) throw error
    return `${error.message} ${error.hint}`
  }
}

/** The line that the verdict names, else the file to begin in. */
export function placeToEdit(root: string, lesson: Lesson, { result }: WatchState): Place {
  const step = result?.kind === 'judged' ? decisiveStep(result.verdict.verdict) : undefined
  const [, file, line] = /^(.+):(\d+)$/.exec(step?.from ?? step?.where ?? '') ?? []
  if (file === undefined) return { file: lessonFile(root, lesson.id), line: 1 }
  return { file: join(root, lesson.id, file), line: Number(line) }
}
