import { Argument, type Command, InvalidArgumentError } from 'commander'
import { type Shell, shells } from '../ui/completion.ts'
import type { Context, ExitCode } from './context.ts'

/** Runs a command with the context that the global options ask for. */
export type Run = (command: (context: Context) => Promise<ExitCode>) => Promise<void>

/** The commands' own arguments and options. Their files are loaded on demand: start-up is felt every time. */
export function addCommands(program: Command, run: Run): void {
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
    .action((lesson: string | undefined, options: { all?: boolean; json?: boolean; svg?: string }) => {
      refuseBoth(program, lesson, options)
      if (options.all === true && options.svg !== undefined) {
        program.error('error: --svg draws one lesson: name it, without --all')
      }
      return run(async (context) => (await import('./check.ts')).check(context, { lesson, ...options }))
    })
  program
    .command('watch')
    .argument('[lesson]', lessonWords)
    .description('judge on every save, with keys for all the rest')
    .action((lesson?: string) =>
      run(async (context) => (await import('./watch.ts')).watch(context, { lesson })),
    )
  program
    .command('run')
    .argument('[lesson]', lessonWords)
    .description('keep your server up to play with; draw each request')
    .option('--port <number>', 'the port of 127.0.0.1 to listen on (else 3000)', portNumber)
    .action((lesson: string | undefined, options: { port?: number }) =>
      run(async (context) => (await import('./run.ts')).run(context, { lesson, ...options })),
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
    .action((lesson: string | undefined, options: { all?: boolean; undo?: boolean; yes?: boolean }) => {
      refuseBoth(program, lesson, options)
      return run(async (context) => (await import('./reset.ts')).reset(context, { lesson, ...options }))
    })
  program
    .command('doctor')
    .description('is this machine fit for the course?')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) =>
      run(async (context) => (await import('./doctor.ts')).doctor(context, options)),
    )
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'the shell to complete in').choices(shells))
    .description('a script that lets your shell complete commands and lessons')
    .action((shell: Shell) =>
      run(async (context) => (await import('./completion.ts')).completion(context, { shell, program })),
    )
}

const lessonWords = 'its number, id or a part of it; the current one when left out'

function refuseBoth(program: Command, lesson: string | undefined, { all }: { readonly all?: boolean }): void {
  if (lesson !== undefined && all === true) program.error(`error: give a lesson or --all, not both`)
}

function portNumber(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number from 1 to 65535.')
}
