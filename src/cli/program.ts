import { Command } from 'commander'
import { closest, distance } from 'fastest-levenshtein'
import { packageVersion } from '../course/package-root.ts'
import { renderExamples } from '../ui/examples.ts'
import { addCommands, type Run } from './commands.ts'
import { createContext, type ExitCode, type GlobalOptions, type Host } from './context.ts'
import { endWith } from './errors.ts'
import { examples } from './examples.ts'

/** Runs the command that `argv` asks for; the one place where errors end. */
export async function runProgram(argv: readonly string[], host: Host): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = describeProgram(host, async (command) => {
    const context = createContext(host, program.opts<GlobalOptions>())
    const result = await command(context)
    code = context.signal.aborted ? 130 : result
  })
  try {
    await Promise.race([program.parseAsync(argv, { from: 'user' }), host.stray])
    return code
  } catch (error) {
    const context = createContext({ ...host, cwd: host.cwd ?? '.' }, program.opts<GlobalOptions>())
    return endWith(error, context, { json: argv.includes('--json') })
  }
}

function describeProgram(host: Host, run: Run): Command {
  const program = new Command('bgtasks-learn')
    .description('Learn background tasks: the work a server does after it has answered.')
    .usage('[command] [options]')
    .version(packageVersion(), '--version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .option(
      '--dir <sandbox>',
      'your sandbox folder (else $BGTASKS_DIR, else the one you are in, else ./bgtasks-sandbox)',
    )
    .option('--no-color', 'no colours')
    .option('--plain', 'ASCII only, no escape codes')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      // Usage errors are said by the place where all errors are.
      writeErr: () => undefined,
      getOutHelpWidth: () => Math.min(host.stdout.columns || 80, 100),
    })
    .action((_: unknown, { args }: Command) =>
      args[0] === undefined
        ? run(async (context) => (await import('./home.ts')).home(context))
        : refuseCommand(program, args[0]),
    )
  addCommands(program, run)
  for (const command of [program, ...program.commands]) {
    command.addHelpText('after', () => exampleText(command.name(), host))
  }
  // Last, because commands inherit it, and to them an argument too many is an error.
  return program.allowExcessArguments()
}

function exampleText(name: string, { invocation }: Host): string {
  const known = examples[name] ?? []
  return renderExamples(known.map(({ line, does }) => ({ command: `${invocation} ${line}`.trimEnd(), does })))
}

/** Commander suggests only where the program itself does nothing, and ours opens the home. */
function refuseCommand(program: Command, name: string): never {
  const names = program.commands.map((command) => command.name())
  const nearest = closest(name, names)
  const suggestion = distance(name, nearest) <= 3 ? `\n(Did you mean ${nearest}?)` : ''
  return program.error(`error: unknown command '${name}'${suggestion}`)
}
