import { CommanderError } from 'commander'
import { LearnerError } from '../check/learner-error.ts'
import { packageVersion } from '../course/package-root.ts'
import { describeStrayError } from '../course/disk-error.ts'
import { renderError } from '../ui/error.ts'
import { stderrScreen, type Context, type ExitCode } from './context.ts'
import { writeJson } from './json.ts'

/** Where every error ends: says it where it is looked for, and answers with the exit code. */
export function endWith(error: unknown, context: Context, { json }: { readonly json: boolean }): ExitCode {
  const end = classify(error, context)
  if (end.kind === 'quiet') {
    // Behind the terminal's own ^C, so that the shell's prompt starts on a line of its own.
    if (context.signal.aborted && context.stderrWidth !== Infinity) context.stderr.write('\n')
    return end.code
  }
  if (json) writeJson(context.stdout, { schema: 1, error: { message: end.message, hint: end.hint } })
  // A bug's trail is wanted in any case.
  if (!json || end.stack !== undefined) {
    context.stderr.write(renderError(end, stderrScreen(context)))
  }
  return end.code
}

type End =
  | { readonly kind: 'quiet'; readonly code: ExitCode }
  | {
      readonly kind: 'said'
      readonly code: ExitCode
      readonly message: string
      readonly stack?: string
      readonly hint: string
    }

function classify(thrown: unknown, context: Context): End {
  if (context.signal.aborted || isPromptExit(thrown)) return { kind: 'quiet', code: 130 }
  if (thrown instanceof CommanderError) return usage(thrown, context)
  const error = describeStrayError(thrown)
  if (error instanceof LearnerError) {
    return { kind: 'said', code: 1, message: context.typed(error.message), hint: context.typed(error.hint) }
  }
  return {
    kind: 'said',
    code: 70,
    message: 'This is a bug of ours, not of your code.',
    stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
    hint:
      'Please report it with the lines above, the command you typed and this: ' +
      `bgtasks-learn ${packageVersion()}, Node ${process.versions.node}, ${process.platform} ${process.arch}.`,
  }
}

/** Ctrl-C in a prompt. The name is inquirer's; loading it only to compare classes would cost the start. */
function isPromptExit(error: unknown): boolean {
  return error instanceof Error && error.name === 'ExitPromptError'
}

function usage(error: CommanderError, context: Context): End {
  if (error.exitCode === 0) return { kind: 'quiet', code: 0 }
  const [message = '', suggestion] = error.message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .split('\n')
  const nearest = suggestion?.replace(/^\((.*)\)$/, '$1 ') ?? ''
  return {
    kind: 'said',
    code: 64,
    message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
    hint: `${nearest}\`${context.command('--help')}\` shows all commands and options.`,
  }
}
