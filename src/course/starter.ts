import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { errorCode } from './disk-error.ts'
import { startersRoot } from './package-root.ts'
import { lookAt } from './tree.ts'

/** A lesson's files as they were given, relative to the sandbox, with the system's separators. */
export function starterFiles(lessonId: string): readonly string[] {
  return filesUnder(startersRoot, lessonId)
}

export function starterContent(file: string): Buffer {
  return readFileSync(join(startersRoot, file))
}

/** Relative to `root`, deep, sorted. */
export function filesUnder(root: string, folder: string): readonly string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  return files.map((entry) => join(entry.parentPath, entry.name).slice(root.length + sep.length)).sort()
}

/** Writes the starter's files that are missing; never touches one that is there. */
export function copyStarter(root: string, lessonId: string): void {
  const folder = join(root, lessonId)
  if (lookAt(folder) !== undefined) {
    for (const file of starterFiles(lessonId)) writeIfAbsent(join(root, file), starterContent(file))
    return
  }
  // A folder of its own first, so that a lesson is there whole or not at all.
  const staged = join(root, '.bgtasks', `new-${process.pid}`)
  rmSync(staged, { recursive: true, force: true })
  writeStarter(staged, lessonId)
  try {
    renameSync(join(staged, lessonId), folder)
  } catch (error) {
    // Another of our processes was faster. Systems differ in what they call that.
    if (lookAt(folder) === undefined) throw error
  } finally {
    rmSync(staged, { recursive: true, force: true })
  }
}

/** The lesson's folder, new, in `parent`. */
export function writeStarter(parent: string, lessonId: string): string {
  for (const file of starterFiles(lessonId)) {
    const target = join(parent, file)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, starterContent(file))
  }
  return join(parent, lessonId)
}

/** The content is written and not copied, so that a read-only installation gives writable files. */
export function writeIfAbsent(path: string, content: Buffer | string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}
