import { once } from 'node:events'
import { execa } from 'execa'
import { LearnerError } from '../check/learner-error.ts'
import type { Context } from './context.ts'

export interface Program {
  readonly name: string
  readonly args: readonly string[]
}

/** Hands the terminal over, and resolves when the program has ended. */
export async function runInTerminal({ name, args }: Program): Promise<void> {
  const ended = await execa(name, args, { stdio: 'inherit', reject: false })
  if (ended.code !== undefined && ended.exitCode === undefined && ended.signal === undefined)
    throw notStarted(name, ended.originalMessage)
}

/** Starts a program with a window of its own, which outlives us. */
export async function startBeside({ name, args }: Program): Promise<void> {
  const child = execa(name, args, { stdio: 'ignore', detached: true, cleanup: false, reject: false })
  const failed = child.then(({ originalMessage }) => originalMessage)
  const reason = await Promise.race([once(child, 'spawn').then(() => undefined), failed])
  if (reason !== undefined && child.pid === undefined) throw notStarted(name, reason)
  child.unref()
}

/** What the learner's shell has to know before we are started. */
export const namingHint = `For the key e, name your editor before you start, as in ${
  process.platform === 'win32' ? '`$env:EDITOR = "code"`' : '`export EDITOR=nano`'
}.`

function notStarted(name: string, reason: string | undefined): LearnerError {
  const missing = reason?.includes('ENOENT') === true
  return new LearnerError(
    missing
      ? `There is no program ${name}.`
      : `${name} could not be started: ${reason ?? 'no reason was given'}.`,
    { hint: namingHint },
  )
}

/**
 * Shows a text in `$PAGER`, else in less, and waits until it is left. Answers whether it could: without
 * a pager the text is the caller's to write.
 */
export async function page(context: Context, text: string): Promise<boolean> {
  const { env, signal } = context
  const pager = env['PAGER']
  // `cat`, or nothing at all, asks for no pager.
  if (pager !== undefined && ['', 'cat'].includes(pager.trim())) return false
  const options = {
    input: text,
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
    extendEnv: false,
    env: { LESS: lessOptions, LESSCHARSET: 'utf-8', ...env },
    cancelSignal: signal,
  } as const
  // A line for the shell, by old custom: `less -R`, `bat --paging=always`.
  const [file, args, shell] = pager === undefined ? ['less', ['-R'], false] : [pager, [], true]
  const { exitCode } = await context.lend(() => execa(file, args, { ...options, shell }))
  return exitCode !== undefined && exitCode !== notFound && exitCode !== notRunnable
}

/** Whoever has never met less is told how to leave it. In `$LESS` a prompt ends with `$`. */
const lessOptions = '-R -PsSpace goes on - b goes back - q leaves$'

/** A shell's exit codes. */
const notFound = 127
const notRunnable = 126
