import { Command } from 'commander'
import { closest, distance } from 'fastest-levenshtein'
import { packageVersion } from '../course/package-root.ts'
import { createContext, type Context, type ExitCode, type GlobalOptions, type Host } from './context.ts'
import { endWith } from './errors.ts'

/** Runs the command that `argv` asks for; the one place where errors end. */
export async function runProgram(argv: readonly string[], host: Host): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = describeProgram((command) => {
    const context = createContext(host, program.opts<GlobalOptions>())
    return command(context).then((result) => {
      code = context.signal.aborted ? 130 : result
    })
  })
  program.configureOutput({
    writeOut: (text) => host.stdout.write(text),
    // Usage errors are said by the place where all errors are.
    writeErr: () => undefined,
    getOutHelpWidth: () => Math.min(host.stdout.columns || 80, 100),
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    const context = createContext({ ...host, cwd: host.cwd ?? '.' }, program.opts<GlobalOptions>())
    return endWith(error, context, { json: argv.includes('--json') })
  }
}

type Run = (command: (context: Context) => Promise<ExitCode>) => Promise<void>

const lessonWords = 'its number, id or a part of it; the current one when left out'

/** Each command's file is loaded only when it is asked for, because start-up is felt every time. */
function describeProgram(run: Run): Command {
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
    .showSuggestionAfterError()
    .allowExcessArguments()
    .action((_: unknown, { args }: Command) =>
      args[0] === undefined
        ? run(async (context) => (await import('./home.ts')).home(context))
        : refuseCommand(program, args[0]),
    )
  program
    .command('list')
    .description('the lessons, and which of them you have passed')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) =>
      run(async (context) => (await import('./list.ts')).list(context, options)),
    )
  program
    .command('read')
    .argument('[lesson]', lessonWords)
    .description("the lesson's text")
    .action((lesson?: string) =>
      run(async (context) => (await import('./read.ts')).read(context, { lesson })),
    )
  program
    .command('check')
    .argument('[lesson]', lessonWords)
    .description('run your answer and judge it')
    .option('--all', 'every lesson, side by side')
    .option('--json', 'as JSON, with the whole trace')
    .option('--svg <file>', 'draw the timeline into an SVG file')
    .action((lesson: string | undefined, options: { all?: boolean; json?: boolean; svg?: string }) =>
      run(async (context) => (await import('./check.ts')).check(context, { lesson, ...options })),
    )
  program
    .command('hint')
    .argument('[lesson]', lessonWords)
    .description('one more hint each time')
    .option('--all', 'all of them')
    .action((lesson: string | undefined, options: { all?: boolean }) =>
      run(async (context) => (await import('./hint.ts')).hint(context, { lesson, ...options })),
    )
  program
    .command('solution')
    .argument('[lesson]', lessonWords)
    .description('the model answer')
    .option('--diff', 'what differs between yours and the model answer')
    .action((lesson: string | undefined, options: { diff?: boolean }) =>
      run(async (context) => (await import('./solution.ts')).solution(context, { lesson, ...options })),
    )
  program
    .command('reset')
    .argument('[lesson]', `${lessonWords}; with --undo also the name of a backup`)
    .description('the starter again; what you wrote is backed up first')
    .option('--all', 'every lesson')
    .option('--undo', 'bring back what the last reset or undo replaced')
    .option('-y, --yes', 'do not ask')
    .action((lesson: string | undefined, options: { all?: boolean; undo?: boolean; yes?: boolean }) =>
      run(async (context) => (await import('./reset.ts')).reset(context, { lesson, ...options })),
    )
  program
    .command('doctor')
    .description('is this machine fit for the course?')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) =>
      run(async (context) => (await import('./doctor.ts')).doctor(context, options)),
    )
  return program
}

/** Commander suggests only where the program itself does nothing, and ours opens the home. */
function refuseCommand(program: Command, name: string): never {
  const nearest = closest(
    name,
    program.commands.map((command) => command.name()),
  )
  const suggestion = distance(name, nearest) <= 3 ? `\n(Did you mean ${nearest}?)` : ''
  return program.error(`error: unknown command '${name}'${suggestion}`)
}
