import { closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { errorCode } from './disk-error.ts'

/** Writers hold the lock for a few milliseconds, so one that stays this long was left by a crash. */
const abandonedAfterMs = 2_000

/** Runs `action` while no other process of ours runs one under the same lock file. */
export function withLock<T>(lockFile: string, action: () => T): T {
  acquire(lockFile)
  try {
    return action()
  } finally {
    rmSync(lockFile, { force: true })
  }
}

function acquire(lockFile: string): void {
  let seen: string | undefined
  let since = 0
  while (!tryCreate(lockFile)) {
    const present = identity(lockFile)
    if (present !== seen) {
      // Another owner than a moment ago: somebody is working, and the wait starts anew. The age is
      // measured here and not read from the file, whose clock may be that of a network drive.
      seen = present
      since = performance.now()
    } else if (performance.now() - since > abandonedAfterMs) {
      breakLock(lockFile)
    }
    pause(10)
  }
}

function tryCreate(lockFile: string): boolean {
  try {
    closeSync(openSync(lockFile, 'wx'))
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

function identity(lockFile: string): string | undefined {
  const stat = statSync(lockFile, { throwIfNoEntry: false })
  return stat && `${stat.ino} ${stat.mtimeMs}`
}

/** Renamed first: of several processes that find it abandoned, one wins. */
function breakLock(lockFile: string): void {
  const broken = `${lockFile}.${process.pid}`
  try {
    renameSync(lockFile, broken)
    rmSync(broken, { force: true, recursive: true })
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
