import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import type { ChildMessage } from './child/channel.ts'
import { type ChildCommand, type ChildSetup, setupVariable } from './child/setup.ts'

export interface ProcessHandlers {
  /** Each thing the child tells, in its order. */
  readonly onMessage: (message: ChildMessage) => void
  readonly onLine: (stream: 'stdout' | 'stderr', text: string) => void
}

/** A learner's server in a process group of its own. Whoever starts one must call `end`. */
export interface LearnerProcess {
  command(command: ChildCommand): void
  /** Resolves when the process has ended, whoever ended it. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>
  /** Kills the whole group and lets go of its pipes. */
  end(): Promise<void>
}

/** Always the compiled host, also where this file runs from its source. */
const host = createRequire(import.meta.url).resolve('#learner-host')

const drainMs = 250
const longestOutput = 64 * 1024
const longestLine = 2000

export function startLearnerProcess(setup: ChildSetup, handlers: ProcessHandlers): LearnerProcess {
  const child = execa(process.execPath, ['--enable-source-maps', host], {
    cwd: setup.lessonDir,
    env: learnerEnvironment(setup),
    extendEnv: false,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    buffer: false,
    reject: false,
    cleanup: false,
    // A group of its own, so that one signal ends whatever the learner's code started.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const [, , , events, commands] = child.stdio as unknown as [unknown, Readable, Readable, Readable, Writable]
  const exited = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
  }))
  for (const name of ['stdout', 'stderr'] as const) readLines(child[name], name, handlers.onLine)
  createInterface({ input: events }).on('line', (line) => {
    const message = parsed(line)
    if (message) handlers.onMessage(message)
  })
  // The child may be gone while we write: its exit is what tells.
  commands.on('error', () => undefined)
  events.on('error', () => undefined)
  const write = (command: ChildCommand) => {
    if (commands.writable) commands.write(`${JSON.stringify(command)}\n`)
  }

  return {
    command: write,
    exited,
    async end() {
      write({ do: 'quit' })
      killGroup(child.pid)
      await exited
      await drained([child.stdout, child.stderr])
      // A grandchild that lives on may hold the pipes open: they are closed from this side.
      for (const pipe of [child.stdout, child.stderr, events, commands]) pipe.destroy()
    },
  }
}

/** What was printed last is still in the pipes; their end may never come, so it is not waited for long. */
async function drained(pipes: readonly Readable[]): Promise<void> {
  const ended = pipes.filter((pipe) => !pipe.readableEnded).map((pipe) => once(pipe, 'end'))
  const giveUp = new AbortController()
  await Promise.race([
    Promise.all(ended),
    delay(drainMs, undefined, { signal: giveUp.signal }).catch(() => undefined),
  ])
  giveUp.abort()
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

/** What a shell would give it, less what would change how its output looks or how Node runs. */
function learnerEnvironment(setup: ChildSetup): NodeJS.ProcessEnv {
  const { FORCE_COLOR, NODE_OPTIONS, ...rest } = process.env
  return { ...rest, NO_COLOR: '1', [setupVariable]: JSON.stringify(setup) }
}

function parsed(line: string): ChildMessage | undefined {
  try {
    return JSON.parse(line) as ChildMessage
  } catch {
    // Cut short by the end of the process.
    return undefined
  }
}

/** Passes lines on until there are too many; reads on, so that the writer is not stopped. */
function readLines(
  input: Readable,
  stream: 'stdout' | 'stderr',
  onLine: (stream: 'stdout' | 'stderr', text: string) => void,
): void {
  let room = longestOutput
  let rest = ''
  input.setEncoding('utf8')
  input.on('data', (chunk: string) => {
    if (room <= 0) return
    const lines = (rest + chunk).split('\n')
    rest = (lines.pop() ?? '').slice(0, longestLine)
    for (const line of lines) pass(line)
  })
  input.on('end', () => {
    if (rest) pass(rest)
  })
  input.on('error', () => undefined)

  function pass(line: string): void {
    if (room <= 0) return
    room -= line.length + 1
    onLine(stream, line.slice(0, longestLine))
    if (room <= 0) onLine(stream, `(cut here: more than ${longestOutput / 1024} KB were printed)`)
  }
}
