import { chmodSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { temporaryFolder } from '../course/temporary-folder.ts'

export const repository = join(import.meta.dirname, '..', '..')

export const binary = join(repository, 'bin', 'bgtasks-learn.js')

export interface Ended {
  readonly code: number | undefined
  readonly stdout: string
  readonly stderr: string
}

export interface Situation {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** For what only somebody without rights meets: root may write everywhere. */
  readonly asNobody?: boolean
  /** Options of Node itself. */
  readonly node?: readonly string[]
}

/** Root without its right to pass over what files allow; it can still read the repository, wherever that is. */
const withoutRights =
  process.getuid?.() === 0 ? ['/usr/bin/setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : []

/** Runs the real binary where nobody can answer, with nothing of our own environment but the path to Node. */
export async function bgtasks(args: readonly string[], situation: Situation): Promise<Ended> {
  const { cwd, env = {}, asNobody = false, node = [] } = situation
  const command = [...(asNobody ? withoutRights : []), process.execPath, ...node, binary, ...args]
  const ended = await execa(command[0]!, command.slice(1), {
    cwd,
    env: { PATH: dirname(process.execPath), ...env },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    stripFinalNewline: false,
    timeout: 30_000,
  })
  return { code: ended.exitCode, stdout: ended.stdout, stderr: ended.stderr }
}

/** A working folder with a sandbox in it. */
export async function withSandbox(): Promise<{ readonly cwd: string; readonly root: string }> {
  const cwd = temporaryFolder()
  // So that a test may look at it with other rights.
  chmodSync(cwd, 0o755)
  await bgtasks([], { cwd })
  return { cwd, root: join(cwd, 'bgtasks-sandbox') }
}
