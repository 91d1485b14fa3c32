import { createInterface } from 'node:readline/promises'
import type { Screen } from './screen.ts'

/** Where a prompt asks, and what ends it. */
export interface Asking extends Screen {
  readonly terminal: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream }
  readonly signal: AbortSignal
}

export interface Choice<T> {
  readonly name: string
  readonly value: T
}

/** A menu. Ctrl-C rejects with inquirer's `ExitPromptError`. */
export async function askChoice<T extends string>(
  asking: Asking,
  question: {
    readonly message: string
    /** A second line, of less weight. */
    readonly detail?: string
    readonly choices: readonly Choice<T>[]
    readonly selected?: T
  },
): Promise<T> {
  const { colour } = asking
  const prompt = await createPrompt(asking)
  const { answer } = await prompt<{ answer: T }>([
    {
      type: 'select',
      name: 'answer',
      message: [colour.bold(question.message), question.detail && colour.dim(`  ${question.detail}`)]
        .filter(Boolean)
        .join('\n'),
      choices: [...question.choices],
      ...(question.selected === undefined ? {} : { default: question.selected }),
      pageSize: 12,
      loop: false,
      theme: theme(asking),
    },
  ])
  return answer
}

/** Yes or no; no when only Enter is pressed. */
export async function askYesNo(asking: Asking, message: string): Promise<boolean> {
  if (asking.plain) return askYesNoPlainly(asking, message)
  const prompt = await createPrompt(asking)
  const { answer } = await prompt<{ answer: boolean }>([
    {
      type: 'confirm',
      name: 'answer',
      message: asking.colour.bold(message),
      default: false,
      theme: theme(asking),
    },
  ])
  return answer
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

/** Loaded on demand: it costs a tenth of a second, and most commands never ask. */
async function createPrompt({ terminal, signal }: Asking) {
  const { createPromptModule } = (await import('inquirer')).default
  return createPromptModule({ ...terminal, signal, clearPromptOnDone: true })
}

/** Inquirer takes its colours from the environment alone; ours also know --no-color and CI. */
function theme({ colour }: Screen) {
  return {
    prefix: { idle: colour.cyan('?'), done: colour.green('✓') },
    icon: { cursor: '❯' },
    style: {
      answer: (text: string) => colour.cyan(text),
      message: (text: string) => text,
      highlight: (text: string) => colour.cyan(text),
      defaultAnswer: (text: string) => colour.dim(`(${text})`),
      help: (text: string) => colour.dim(text),
      keysHelpTip: () => colour.dim('↑↓ or a number to choose, Enter to go on, Ctrl-C to leave'),
    },
  }
}
