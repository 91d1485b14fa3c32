import { basename, relative } from 'node:path'
import type { Environment, Host } from './context.ts'
import { takesLinks } from './hyperlinks.ts'
import { runProgram } from './program.ts'

/** How long a command may take to wind up after Ctrl-C before the process ends regardless. */
const windUpMs = 5_000

/** The entry: the only place that reads `process.argv` and ends the process. */
export async function main(): Promise<void> {
  const interrupt = new AbortController()
  const loan = createLoan()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      // The terminal sends it to us as well as to the pager, whose it is.
      if (name === 'SIGINT' && loan.lent()) return
      // Whoever asks twice does not want to wait.
      if (interrupt.signal.aborted) process.exit(130)
      interrupt.abort()
      setTimeout(() => process.exit(130), windUpMs).unref()
    })
  }
  for (const stream of [process.stdout, process.stderr]) stream.on('error', endOutput)
  const hyperlinks = await takesLinks(process.stdout, process.env)
  const host = { ...hostOf(interrupt.signal), lend: loan.lend, hyperlinks }
  const code = await runProgram(process.argv.slice(2), host)
  await Promise.all([flushed(process.stdout), flushed(process.stderr)])
  process.exit(code)
}

function createLoan() {
  let programs = 0
  return {
    lent: () => programs > 0,
    async lend<T>(program: () => Promise<T>): Promise<T> {
      programs += 1
      try {
        return await program()
      } finally {
        programs -= 1
      }
    },
  }
}

function hostOf(signal: AbortSignal): Omit<Host, 'lend' | 'hyperlinks'> {
  const cwd = workingFolder()
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    cwd,
    env: process.env,
    invocation: invocation(process.argv[1] ?? '', cwd, process.env),
    signal,
    stray: new Promise((_, reject) => {
      process.on('uncaughtException', reject)
      // A prompt whose input ended (Ctrl-D) waits for ever, and nothing keeps the process.
      process.once('beforeExit', () => {
        if (process.stdin.isTTY) process.exit(130)
        reject(new Error('A command waits for something that cannot come.'))
      })
    }),
  }
}

function workingFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}

/** npx leaves its mark in the environment; a script named outright was started with node, as `npm start` does. */
function invocation(script: string, cwd: string | undefined, env: Environment): string {
  if (env['npm_command'] === 'exec') return 'npx bgtasks-learn'
  if (basename(script) !== 'bgtasks-learn.js' || cwd === undefined) return 'bgtasks-learn'
  const path = relative(cwd, script)
  return `node ${/\s/.test(path) ? JSON.stringify(path) : path}`
}

/** A reader that has seen enough (`| head`) is no error: the rest goes nowhere, the exit code stays true. */
function endOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') return
  process.stderr.write(`The output could not be written: ${error.message}\n`)
  process.exit(1)
}

/** Pipes are asynchronous on some systems, and ending the process would cut them off. */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write('', () => resolve())
  })
}
