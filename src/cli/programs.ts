import { once } from 'node:events'
import { execa } from 'execa'
import { LearnerError } from '../check/learner-error.ts'

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

function notStarted(name: string, reason: string | undefined): LearnerError {
  const missing = reason?.includes('ENOENT') === true
  return new LearnerError(
    missing
      ? `There is no program ${name}.`
      : `${name} could not be started: ${reason ?? 'no reason was given'}.`,
    { hint: 'Name your editor in $EDITOR, for example with `export EDITOR=nano`.' },
  )
}
