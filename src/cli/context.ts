import { Chalk, type ChalkInstance, type ColorSupportLevel } from 'chalk'
import { WriteStream } from 'node:tty'
import { LearnerError } from '../check/learner-error.ts'
import type { Screen } from '../ui/screen.ts'
import { toAscii } from '../ui/ascii.ts'
import { fileLink } from './hyperlinks.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The process as the entry point hands it on; nothing else looks at `process`. */
export interface Host {
  readonly stdin: NodeJS.ReadableStream & Keyboard
  readonly stdout: NodeJS.WritableStream & Terminal
  readonly stderr: NodeJS.WritableStream & Terminal
  /** Absent when the folder was deleted under us. */
  readonly cwd: string | undefined
  readonly env: Environment
  /** What the person typed to start us, to be repeated in "type this" lines. */
  readonly invocation: string
  /** Aborted by Ctrl-C, SIGTERM and a closed terminal. */
  readonly signal: AbortSignal
  /** The terminal of stdout opens links. */
  readonly hyperlinks: boolean
  /** Lets a program that was started have the terminal, and Ctrl-C with it. */
  lend<T>(program: () => Promise<T>): Promise<T>
  /** Rejects with an error that no promise of ours carries, as one thrown in an event handler. */
  readonly stray: Promise<never>
}

interface Keyboard {
  readonly isTTY?: boolean
  /** Each key at once and unseen, instead of whole lines. */
  setRawMode?(on: boolean): unknown
}

interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly rows?: number
}

export interface GlobalOptions {
  readonly dir?: string | undefined
  readonly color?: boolean
  readonly plain?: boolean
}

/** All that a command may know and use of the world. `Screen` is that of stdout. */
export interface Context extends Screen {
  /** For results. */
  readonly stdout: Output
  /** For progress and warnings. */
  readonly stderr: Output
  /** Colours for stderr, which may be a terminal where stdout is not. */
  readonly stderrColour: ChalkInstance
  /** Endless where stderr is no terminal: a message in a log file is searched for by line. */
  readonly stderrWidth: number
  readonly cwd: string
  readonly env: Environment
  /** The option --dir. */
  readonly dir?: string | undefined
  /** Somebody can answer. */
  readonly interactive: boolean
  /** A menu follows and offers what comes next, so that no command has to be typed. */
  readonly inMenu: boolean
  readonly signal: AbortSignal
  /** Lets a program that was started have the terminal, and Ctrl-C with it. */
  lend<T>(program: () => Promise<T>): Promise<T>
  /** For prompts and for screens that are drawn over. */
  readonly terminal: {
    readonly input: NodeJS.ReadableStream & Keyboard
    readonly output: NodeJS.WritableStream & Terminal
  }
  /** The line that runs a command of ours, as this person has to type it: `command('check 3')`. */
  command(rest: string): string
  /** `text` with every `bgtasks-learn …` between backticks as this person has to type it. */
  typed(text: string): string
}

export interface Output {
  /** As it is: the line end is the caller's. */
  write(text: string): void
}

export type ExitCode = number

export function createContext(host: Host, options: GlobalOptions): Context {
  const { env, cwd } = host
  if (cwd === undefined) {
    throw new LearnerError('The folder you are in no longer exists.', {
      hint: 'Go to another one with `cd`, then run the same command again.',
    })
  }
  const plain = options.plain === true || env['TERM'] === 'dumb'
  const noColour = plain || options.color === false
  const dir = options.dir === undefined ? '' : ` --dir ${quote(options.dir)}`
  const command = (rest: string): string => `${host.invocation} ${rest}`.trimEnd() + dir
  const colour = chalkFor(host.stdout, env, noColour)
  return {
    stdout: output(host.stdout, plain),
    stderr: output(host.stderr, plain),
    width: columns(host),
    colour,
    // Who wants no colour wants no other escape codes in the text either.
    ...(host.hyperlinks && colour.level > 0 && !inCi(env) ? { link: fileLink } : {}),
    stderrColour: chalkFor(host.stderr, env, noColour),
    stderrWidth: host.stderr.isTTY === true ? (host.stderr.columns ?? 80) : Infinity,
    plain,
    cwd,
    env,
    dir: options.dir,
    interactive: host.stdin.isTTY === true && host.stdout.isTTY === true && !inCi(env),
    inMenu: false,
    signal: host.signal,
    lend: (program) => host.lend(program),
    terminal: { input: host.stdin, output: host.stdout },
    command,
    typed: (text) => text.replace(/`bgtasks-learn ([^`]*)`/g, (_, rest: string) => `\`${command(rest)}\``),
  }
}

export function stderrScreen({ stderrColour, stderrWidth, plain }: Context): Screen {
  return { colour: stderrColour, width: stderrWidth, plain }
}

/** Plain is kept here, for all commands at once: whatever they write leaves as ASCII without escape codes. */
function output(stream: NodeJS.WritableStream, plain: boolean): Output {
  return {
    write(text) {
      stream.write(plain ? toAscii(text) : text)
    },
  }
}

function columns({ stdout, env }: Host): number {
  const fromEnv = Number(env['COLUMNS'])
  return stdout.columns || (Number.isInteger(fromEnv) && fromEnv > 0 ? fromEnv : 80)
}

function chalkFor(stream: Terminal, env: Environment, off: boolean): ChalkInstance {
  return new Chalk({ level: off ? 0 : colourLevel(stream, env) })
}

function colourLevel(stream: Terminal, env: Environment): ColorSupportLevel {
  const forced = env['FORCE_COLOR'] !== undefined
  if (!forced && (stream.isTTY !== true || inCi(env) || (env['NO_COLOR'] ?? '') !== '')) return 0
  // Node knows what terminals can do, and what FORCE_COLOR asks for. It warns when NO_COLOR is set too.
  const { NO_COLOR: _, ...rest } = env
  const levels: Record<number, ColorSupportLevel> = { 1: 0, 4: 1, 8: 2, 24: 3 }
  return levels[WriteStream.prototype.getColorDepth({ ...rest })] ?? 0
}

function inCi(env: Environment): boolean {
  return !['', '0', 'false'].includes(env['CI'] ?? '')
}

/** For a POSIX shell; also right in PowerShell where the path has no apostrophe. */
function quote(path: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
