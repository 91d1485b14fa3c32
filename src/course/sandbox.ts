import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { LearnerError } from '../check/learner-error.ts'
import { onDisk } from './disk-error.ts'
import { mendSandbox } from './mend.ts'
import { startersRoot } from './package-root.ts'
import { progressFile } from './progress-file.ts'

/** Where to look for the sandbox. */
export interface Surroundings {
  /** The option --dir, absent when it was not given. */
  readonly dir?: string | undefined
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Sandbox {
  /** Absolute, without links. */
  readonly root: string
  /** It was made just now. */
  readonly made: boolean
  /** What was missing or damaged and is whole again: a sentence each, for the learner. */
  readonly mended: readonly string[]
}

export type SandboxState =
  /** `root` is a sandbox. */
  | { readonly kind: 'sandbox'; readonly root: string }
  /** Nothing is there yet, or an empty folder: one can be made. */
  | { readonly kind: 'vacant'; readonly root: string }

/** The learner's sandbox, made on first use and mended when something of it is gone. */
export function openSandbox(surroundings: Surroundings): Sandbox {
  const found = inspectSandbox(surroundings)
  if (found.kind === 'vacant') onDisk(`make ${found.root}`, () => mkdirSync(found.root, { recursive: true }))
  const root = onDisk(`open ${found.root}`, () => realpathSync(found.root))
  return {
    root,
    made: found.kind === 'vacant',
    mended: mendSandbox(root, { isNew: found.kind === 'vacant' }),
  }
}

/** Looks only. Whatever cannot be or become a sandbox is a `LearnerError`. */
export function inspectSandbox(surroundings: Surroundings): SandboxState {
  const path = sandboxPath(surroundings)
  const stat = onDisk(`open ${path}`, () => statSync(path, { throwIfNoEntry: false }))
  if (stat === undefined) return { kind: 'vacant', root: path }
  if (!stat.isDirectory()) {
    throw new LearnerError(`${path} is a file, not a folder.`, { hint: anotherFolder })
  }
  const root = onDisk(`open ${path}`, () => realpathSync(path))
  if (isStarters(root)) {
    throw new LearnerError(`${path} holds the course's own starters, which are not for solving in.`, {
      hint: anotherFolder,
    })
  }
  const content = onDisk(`look into ${path}`, () => readdirSync(root)).filter((name) => !litter.has(name))
  if (content.length === 0) return { kind: 'vacant', root }
  // Asked last: whatever another process of ours puts there at this moment, its mark comes first.
  if (isSandbox(root)) return { kind: 'sandbox', root }
  throw new LearnerError(`${path} is not a sandbox of this course and has other files in it.`, {
    hint: `Nothing was changed. ${anotherFolder}`,
  })
}

const anotherFolder = 'Choose an empty or new folder with --dir <folder>.'

/** What file managers leave in a folder that looks empty. */
const litter: ReadonlySet<string> = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

function sandboxPath({ dir, cwd, env }: Surroundings): string {
  if (dir !== undefined) return resolve(cwd, withHome(dir, env))
  const fromEnv = env['BGTASKS_DIR']
  if (fromEnv !== undefined && fromEnv !== '') return resolve(cwd, withHome(fromEnv, env))
  return enclosingSandbox(cwd) ?? join(cwd, 'bgtasks-sandbox')
}

/** Shells leave the tilde of `--dir=~/x` alone; a folder named `~` is nobody's wish, and one to delete with care. */
function withHome(path: string, env: Surroundings['env']): string {
  if (path.trim() === '')
    throw new LearnerError('The name of the sandbox folder is empty.', { hint: anotherFolder })
  if (path !== '~' && !path.startsWith('~/')) return path
  const home = env['HOME'] ?? env['USERPROFILE']
  if (home !== undefined && home !== '') return join(home, path.slice(1))
  throw new LearnerError(`${path} means your home folder, and this system names none.`, {
    hint: 'Give the whole path: --dir /path/to/folder.',
  })
}

function enclosingSandbox(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (isSandbox(folder) && !isStarters(realpathSync(folder))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** Either mark will do: learners delete `.bgtasks`, and rename their package. */
function isSandbox(folder: string): boolean {
  return existsSync(dirname(progressFile(folder))) || packageName(folder) === packageName(startersRoot)
}

/** This installation's or another's: starters lie in `sandbox` of a folder with our own package. */
function isStarters(realPath: string): boolean {
  return basename(realPath) === 'sandbox' && packageName(dirname(realPath)) === 'bgtasks-learn'
}

function packageName(folder: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown } | null)?.name
  } catch {
    return {}
  }
}
