import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import { LearnerError } from '../check/learner-error.ts'
import type { ChildMessage } from './child/channel.ts'
import { killProcessesWith, killTree } from './child/process-table.ts'
import { type ChildCommand, type ChildSetup, markOf, runVariable, setupVariable } from './child/setup.ts'

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
  /** Kills it and all that it started, and lets go of its pipes. */
  end(): Promise<void>
}

/** Always the compiled host, also where this file runs from its source. */
const host = createRequire(import.meta.url).resolve('#learner-host')

const drainMs = 250
/** From the kill to the exit. */
const exitMs = 5_000
const longestOutput = 64 * 1024
const longestLine = 2000

export function startLearnerProcess(setup: ChildSetup, handlers: ProcessHandlers): LearnerProcess {
  const child = execa(process.execPath, ['--enable-source-maps', host], {
    // The host goes to the lesson folder itself, once its threads are up.
    cwd: dirname(host),
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
      if (child.pid !== undefined) killTree(child.pid)
      if (!(await within(exited, exitMs))) throw immortal(child.pid)
      // Those that left the group; in time for what they printed last to be read.
      killProcessesWith(markOf(setup.run))
      await drained([child.stdout, child.stderr])
      // A grandchild that lives on may hold the pipes open: they are closed from this side.
      for (const pipe of [child.stdout, child.stderr, events, commands]) pipe.destroy()
    },
  }
}

/** What was printed last is still in the pipes; their end may never come, so it is not waited for long. */
async function drained(pipes: readonly Readable[]): Promise<void> {
  const ended = pipes.filter((pipe) => !pipe.readableEnded).map((pipe) => once(pipe, 'end'))
  await within(Promise.all(ended), drainMs)
}

/** Whether it came about in time. */
async function within(event: Promise<unknown>, ms: number): Promise<boolean> {
  const giveUp = new AbortController()
  const late = delay(ms, false, { signal: giveUp.signal }).catch(() => false)
  const inTime = await Promise.race([event.then(() => true), late])
  giveUp.abort()
  return inTime
}

/** As when its disk does not answer: no signal reaches it then. */
function immortal(pid: number | undefined): LearnerError {
  return new LearnerError(
    `Your server (process ${pid}) was killed, and after ${exitMs / 1000} s it was still there.`,
    {
      hint: 'Look for it among the running programs and end it there, then run the same command again.',
    },
  )
}

/** What a shell would give it, less what would change how its output looks or how Node runs. */
function learnerEnvironment(setup: ChildSetup): NodeJS.ProcessEnv {
  const { FORCE_COLOR, NODE_OPTIONS, ...rest } = process.env
  return {
    ...rest,
    PWD: setup.lessonDir,
    NO_COLOR: '1',
    [runVariable]: setup.run,
    [setupVariable]: JSON.stringify(setup),
  }
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
