import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  type Stats,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { errorCode } from './disk-error.ts'

/** Copies a file, a link (as a link) or a whole folder to where nothing is; on the disk when it returns. */
export function copyTree(from: string, to: string): void {
  const stat = lstatSync(from)
  mkdirSync(dirname(to), { recursive: true })
  if (stat.isSymbolicLink()) symlinkSync(readlinkSync(from), to)
  else if (stat.isDirectory()) {
    mkdirSync(to, { recursive: true })
    for (const name of readdirSync(from)) copyTree(join(from, name), join(to, name))
  } else {
    // Writable always: an installation that is read-only must not make a learner's file so.
    writeFileSync(to, readFileSync(from), { mode: stat.mode | 0o200, flush: true })
  }
}

/** Puts a copy of `from` where `to` is, whole or not at all where `to` is a file; nothing where `from` is undefined. */
export function replaceTree(from: string | undefined, to: string): void {
  if (from === undefined) return rmSync(to, { recursive: true, force: true })
  const fresh = `${to}.new-${process.pid}`
  try {
    copyTree(from, fresh)
    if (lookAt(to)?.isDirectory() || lookAt(from)?.isDirectory()) rmSync(to, { recursive: true, force: true })
    renameSync(fresh, to)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Same kind, same bytes; both absent is the same too. */
export function sameTree(left: string | undefined, right: string): boolean {
  const a = left === undefined ? undefined : lookAt(left)
  const b = lookAt(right)
  if (left === undefined || a === undefined || b === undefined) return a === b
  if (a.isSymbolicLink() || b.isSymbolicLink()) {
    return a.isSymbolicLink() && b.isSymbolicLink() && readlinkSync(left) === readlinkSync(right)
  }
  if (a.isDirectory() || b.isDirectory()) {
    if (!a.isDirectory() || !b.isDirectory()) return false
    const names = readdirSync(left).sort()
    if (names.join('/') !== readdirSync(right).sort().join('/')) return false
    return names.every((name) => sameTree(join(left, name), join(right, name)))
  }
  return readFileSync(left).equals(readFileSync(right))
}

/** What stands at `path`, links not followed; a path through a file leads nowhere. */
export function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined
    throw error
  }
}
