import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import { killProcessesWith, processesWith } from '../../dist/src/lab/child/process-table.js'
import { binary } from '../cli/bgtasks-learn.ts'

export const lessonId = '03-basic-example'

/** A sandbox with one answer to lesson 3, and a mark that every process started for it inherits. */
export interface Situation {
  readonly root: string
  readonly lessonDir: string
  readonly mark: string
  readonly env: NodeJS.ProcessEnv
  readonly temporary: string
}

export function situation(files: Readonly<Record<string, string>>): Situation {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bgtasks-hygiene-')))
  const root = join(folder, 'sandbox')
  const lessonDir = join(root, lessonId)
  const temporary = join(folder, 'tmp')
  for (const made of [lessonDir, temporary, join(root, '.bgtasks')]) mkdirSync(made, { recursive: true })
  for (const [file, text] of Object.entries(files)) writeFileSync(join(lessonDir, file), text)
  const id = randomUUID()
  const mark = `HYGIENE=${id}`
  const env = { PATH: process.env['PATH'], HYGIENE: id, TMPDIR: temporary, HOME: folder }
  onTestFinished(() => {
    killProcessesWith(mark)
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  })
  return { root, lessonDir, mark, env, temporary }
}

export interface Check {
  readonly tool: ChildProcess
  /** Its exit code, or the signal that ended it, with what it said. */
  readonly ended: Promise<Ended>
}

export interface Ended {
  readonly code: number | string | null
  readonly stdout: string
  readonly stderr: string
}

/** The real tool, in a process group of its own as in a terminal. */
export function startCheck({ root, env }: Situation, args: readonly string[] = ['3']): Check {
  const tool = spawn(process.execPath, [binary, 'check', ...args, '--dir', root], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return { tool, ended: endOf(tool) }
}

async function endOf(tool: ChildProcess): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    tool[name]?.setEncoding('utf8').on('data', (text: string) => (said[name] += text))
  }
  const [code, signal] = (await once(tool, 'close')) as [number | null, string | null]
  return { code: signal ?? code, ...said }
}

/** What the learner's server tells of itself, once it does: its port. */
export async function running({ lessonDir }: Situation): Promise<number> {
  const file = join(lessonDir, 'running')
  return await eventually('the server to tell its port', () => {
    const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    return port > 0 ? port : undefined
  })
}

export async function eventually<T>(what: string, look: () => T | undefined): Promise<T> {
  const deadline = performance.now() + 40_000
  while (performance.now() < deadline) {
    const found = look()
    if (found !== undefined) return found
    await delay(20)
  }
  throw new Error(`Waited in vain for ${what}.`)
}

/** The promise is two seconds; a busy machine gets twice that. */
const graceMs = 4_000

/** No process, no port, no temporary file: nothing is left of a check. */
export async function leavesNothing(seen: Situation, port?: number): Promise<void> {
  const { mark, root, lessonDir, temporary } = seen
  const deadline = performance.now() + graceMs
  // A process that is ending loses its environment before its ports.
  while ((processesWith(mark).length > 0 || (await isBound(port))) && performance.now() < deadline)
    await delay(20)
  expect(processesWith(mark).map(commandOf)).toEqual([])
  expect(await isBound(port)).toBe(false)
  expect(readdirSync(temporary)).toEqual([])
  const ours = ['progress.json', 'last-runs', `running-${lessonId}`]
  expect(readdirSync(join(root, '.bgtasks')).filter((name) => !ours.includes(name))).toEqual([])
  // The log is as free as any file.
  writeFileSync(join(lessonDir, 'log.txt'), 'mine\n', { flag: 'a' })
}

function commandOf(pid: number): string {
  try {
    return `${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`
  } catch {
    return String(pid)
  }
}

async function isBound(port: number | undefined): Promise<boolean> {
  if (port === undefined) return false
  return await new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
