import { existsSync, lstatSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { LearnerError } from '../check/learner-error.ts'
import { errorCode, onDisk } from './disk-error.ts'
import { packageRoot } from './package-root.ts'

/** What the learner's code imports, and the types that its editor needs. */
const linkedPackages = ['hono', '@hono/node-server', '@types/node', 'bgtasks-learn'] as const

export interface PackageLink {
  readonly name: string
  /**
   * `own`: a real folder that the learner installed, left alone. `absent` also stands for a link
   * that leads nowhere or elsewhere, as when npx emptied its cache.
   */
  readonly state: 'linked' | 'own' | 'absent'
}

export function packageLinks(root: string): readonly PackageLink[] {
  return linkedPackages.map((name) => ({ name, state: linkState(linkPath(root, name), packageFolder(name)) }))
}

/** Makes or mends the links to the tool's own packages; answers with the names of those it had to. */
export function mendLinks(root: string): readonly string[] {
  return onDisk(`link the course's packages into ${join(root, 'node_modules')}`, () => {
    const absent = packageLinks(root).filter(({ state }) => state === 'absent')
    for (const { name } of absent) link(linkPath(root, name), packageFolder(name))
    linkCommand(root)
    return absent.map(({ name }) => name)
  })
}

function linkPath(root: string, name: string): string {
  return join(root, 'node_modules', name)
}

/** Found by folder and not by resolving, because a package's exports may hide its package.json. */
function packageFolder(name: string): string {
  if (name === 'bgtasks-learn') return packageRoot
  for (let folder = packageRoot; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate)
    if (folder !== dirname(folder)) continue
    throw new LearnerError(`bgtasks-learn is not installed whole: its package ${name} is missing.`, {
      hint: 'Install it again: `npm install bgtasks-learn`.',
    })
  }
}

function linkState(path: string, target: string): PackageLink['state'] {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return 'absent'
  if (!stat.isSymbolicLink()) return 'own'
  return existsSync(path) && realpathSync(path) === realpathSync(target) ? 'linked' : 'absent'
}

function link(path: string, target: string): void {
  rmSync(path, { force: true })
  mkdirSync(dirname(path), { recursive: true })
  // Junctions need no rights on Windows; elsewhere the type is ignored.
  unlessThere(() => symlinkSync(target, path, 'junction'))
}

/** Another of our processes may have been faster. */
function unlessThere(action: () => void): void {
  try {
    action()
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
}

/** So that `npx bgtasks-learn` works in the sandbox as well, without asking a registry. */
function linkCommand(root: string): void {
  const command = join(root, 'node_modules', '.bin', 'bgtasks-learn')
  const script = join(root, 'node_modules', 'bgtasks-learn', 'bin', 'bgtasks-learn.js')
  mkdirSync(dirname(command), { recursive: true })
  if (process.platform === 'win32') {
    if (!existsSync(`${command}.cmd`)) {
      writeFileSync(`${command}.cmd`, '@node "%~dp0\\..\\bgtasks-learn\\bin\\bgtasks-learn.js" %*\r\n')
    }
  } else if (lstatSync(command, { throwIfNoEntry: false }) === undefined) {
    unlessThere(() => symlinkSync(relative(dirname(command), script), command))
  }
}
