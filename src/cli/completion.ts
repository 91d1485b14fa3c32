import type { Argument, Command, Option } from 'commander'
import { course } from '../course/lessons.ts'
import type { Grammar, OptionWords, Shell } from '../ui/completion.ts'
import { bashCompletion } from '../ui/completion-bash.ts'
import { fishCompletion } from '../ui/completion-fish.ts'
import { zshCompletion } from '../ui/completion-zsh.ts'
import type { Context, ExitCode } from './context.ts'

/**
 * A script for the shell to read at its start. It holds all words itself: nothing is started when Tab is
 * pressed, and nothing that was typed is evaluated. It completes behind `npx` too, where nothing else does.
 */
export async function completion(
  context: Context,
  { shell, program }: { readonly shell: Shell; readonly program: Command },
): Promise<ExitCode> {
  context.stdout.write(scripts[shell](grammarOf(program)))
  return 0
}

const scripts: Readonly<Record<Shell, (grammar: Grammar) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
}

function grammarOf(program: Command): Grammar {
  const names = program.commands.map((command) => command.name())
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.map(wordsOf),
    argument: argumentOf(command.registeredArguments[0]),
  }))
  const help = { name: 'help', description: 'show the help of a command', options: [], argument: names }
  const helpOption: OptionWords = { names: ['-h', '--help'], description: 'show the help', value: undefined }
  return {
    program: program.name(),
    commands: [...commands, help],
    options: [...program.options.map(wordsOf), helpOption],
    lessons: course,
  }
}

function wordsOf({ short, long, description, required, flags }: Option): OptionWords {
  const value = required ? (/<(file|sandbox)>/.test(flags) ? 'path' : 'other') : undefined
  return { names: [short, long].filter((name) => name !== undefined), description, value }
}

function argumentOf(argument: Argument | undefined): Grammar['commands'][number]['argument'] {
  return argument?.argChoices ?? (argument?.name() === 'lesson' ? 'lesson' : undefined)
}
