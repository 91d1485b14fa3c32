import { createInterface } from 'node:readline/promises'
import { findItems, renderMenu, type MenuItem, type MenuState } from './menu.ts'
import type { Screen } from './screen.ts'

/** Where a prompt asks, and what ends it. */
export interface Asking extends Screen {
  readonly terminal: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream }
  readonly signal: AbortSignal
}

export interface Choice<T> extends MenuItem {
  readonly value: T
}

export interface Question<T> extends Pick<MenuState, 'head' | 'question'> {
  readonly choices: readonly Choice<T>[]
  /** Where the cursor stands first. */
  readonly selected?: T
  /** What Esc answers. */
  readonly back?: T
}

/** A menu for arrow keys, numbers and typing. Ctrl-C rejects with inquirer's `ExitPromptError`. */
export async function askMenu<T extends string>(asking: Asking, question: Question<T>): Promise<T> {
  const prompt = await createMenu<T>()
  const output = asking.terminal.output as NodeJS.WritableStream & Size
  return await prompt(
    { asking, question, output },
    { ...asking.terminal, signal: asking.signal, clearPromptOnDone: true },
  )
}

/** Yes or no; no when only Enter is pressed. */
export async function askYesNo(asking: Asking, message: string): Promise<boolean> {
  if (asking.plain) return askYesNoPlainly(asking, message)
  const { default: confirm } = await import('@inquirer/confirm')
  const { terminal, signal } = asking
  return await confirm(
    { message: asking.colour.bold(message), default: false, theme: theme(asking) },
    { ...terminal, signal, clearPromptOnDone: true },
  )
}

/** Inquirer moves the cursor with escape codes; this asks on a line of its own. */
async function askYesNoPlainly({ terminal, signal }: Asking, message: string): Promise<boolean> {
  const lines = createInterface({ ...terminal, terminal: false })
  try {
    return /^y(es)?$/i.test((await lines.question(`${message} (y/N) `, { signal })).trim())
  } finally {
    lines.close()
  }
}

/** Inquirer takes its colours from the environment alone; ours also know --no-color and CI. */
function theme({ colour }: Screen) {
  return {
    prefix: { idle: colour.cyan('?'), done: colour.green('✓') },
    style: {
      answer: (text: string) => colour.cyan(text),
      message: (text: string) => text,
      defaultAnswer: (text: string) => colour.dim(`(${text})`),
    },
  }
}

interface Size {
  readonly columns?: number
  readonly rows?: number
}

function sizeOf({ columns = 80, rows = 24 }: Size): Required<Size> {
  return { columns, rows }
}

interface MenuConfig<T> {
  readonly asking: Asking
  readonly question: Question<T>
  readonly output: NodeJS.WritableStream & Size
}

/** Loaded on demand: it costs a tenth of a second, and most commands never ask. */
async function createMenu<T>() {
  const { createPrompt, isBackspaceKey, isDownKey, isEnterKey, isUpKey, useEffect, useKeypress, useState } =
    await import('@inquirer/core')
  return createPrompt<T, MenuConfig<T>>(({ asking, question, output }, done) => {
    const { choices, selected, back } = question
    const start = choices.findIndex(({ value }) => value === selected)
    const [term, setTerm] = useState('')
    const [active, setActive] = useState(Math.max(0, start))
    const [size, setSize] = useState(sizeOf(output))
    const found = findItems(choices, term)
    useKeypress((key, line) => {
      const step = isUpKey(key) ? -1 : isDownKey(key) ? 1 : 0
      if (isEnterKey(key)) {
        // Readline has emptied its line.
        if (found[active] === undefined) line.write(term)
        else done(found[active].value)
      } else if (step !== 0) {
        setActive(Math.max(0, Math.min(found.length - 1, active + step)))
        // Readline recalls earlier answers with the arrow keys.
        restore(line, term)
      } else if (key.name === 'escape' && term === '' && back !== undefined) {
        done(back)
      } else if (key.name === 'escape' || line.line !== term || isBackspaceKey(key)) {
        if (key.name === 'escape') restore(line, '')
        const typed = line.line
        const kept = findItems(choices, typed).findIndex(({ value }) => value === found[active]?.value)
        setTerm(typed)
        setActive(typed === '' ? Math.max(0, kept) : 0)
      }
    })
    useEffect(() => {
      const resized = () => setSize(sizeOf(output))
      output.on('resize', resized)
      return () => output.off('resize', resized)
    }, [])
    const state = { ...question, items: choices, back: back !== undefined, term, active, rows: size.rows }
    const [above, below] = renderMenu(state, { ...asking, width: size.columns })
    return [above, below]
  })
}

interface Line {
  readonly line: string
  clearLine(direction: 0): void
  write(text: string): void
}

function restore(line: Line, text: string): void {
  if (line.line === text) return
  line.clearLine(0)
  line.write(text)
}
