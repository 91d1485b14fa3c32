import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import guessEditor from 'launch-editor/guess.js'
import argumentsFor from 'launch-editor/get-args.js'
import type { Environment } from './context.ts'
import { type Program, runInTerminal, startBeside } from './programs.ts'

export interface Place {
  /** Absolute. */
  readonly file: string
  readonly line: number
}

export interface Editor extends Program {
  /** It draws on our terminal, and we wait for it. */
  readonly inTerminal: boolean
}

/**
 * $VISUAL, else $EDITOR, else an editor with a window that is found running; as it has to be started to
 * show the place. Nobody is put into one in the terminal unasked: who does not know vi cannot leave it.
 */
export function findEditor(env: Environment, { file, line }: Place): Editor | undefined {
  const named = env['VISUAL'] || env['EDITOR'] || undefined
  const [name, ...options] = commandOf(named)
  if (name === undefined) return undefined
  const own = terminalEditors[basename(name).replace(/\.(?:exe|cmd|bat)$/i, '')]
  if (own !== undefined) {
    if (named === undefined) return undefined
    return { name, args: [...options, ...own(file, line)], inTerminal: true }
  }
  const known = argumentsFor(name, file, line).map(String)
  // Of an editor that nobody knows it is safer to think that it needs the terminal.
  const unknown = known.length === 1 && known[0] === file
  return { name, args: [...options, ...known], inTerminal: named !== undefined && unknown }
}

/** Resolves when the editor has started; one in the terminal, when it has ended. */
export async function openEditor(editor: Editor): Promise<void> {
  await (editor.inTerminal ? runInTerminal(editor) : startBeside(editor))
}

/** A path with spaces or backslashes is one word where such a file is there. */
function commandOf(named: string | undefined): readonly string[] {
  if (named !== undefined && existsSync(named)) return [named]
  return guessEditor(named).filter((word) => typeof word === 'string')
}

const plusLine = (file: string, line: number) => [`+${line}`, file]
const colonLine = (file: string, line: number) => [`${file}:${line}`]

/** How each is told the line; launch-editor knows those with windows, and few of these. */
const terminalEditors: Readonly<Record<string, (file: string, line: number) => readonly string[]>> = {
  vi: plusLine,
  vim: plusLine,
  nvim: plusLine,
  nano: plusLine,
  pico: plusLine,
  emacs: plusLine,
  micro: plusLine,
  kak: plusLine,
  joe: plusLine,
  ne: plusLine,
  mg: plusLine,
  hx: colonLine,
  helix: colonLine,
}
