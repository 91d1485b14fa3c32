import {
  appendFileSync,
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { LearnerError } from '../check/learner-error.ts'
import type { Recorder } from './recorder.ts'

/** How much of an earlier run's log stays above the new one's. */
const keptBytes = 16 * 1024
const longestRead = 4 * 1024 * 1024
const pollMs = 15

export const logName = 'log.txt'

/**
 * Starts this run's part of log.txt under a dated line and returns what stands before it. The file
 * is never truncated or removed while a server runs; what changes above the line was overwritten.
 *
 * @throws LearnerError when log.txt is no file or cannot be written.
 */
export function seedLog(lessonDir: string, nonce: string): Buffer {
  const path = join(lessonDir, logName)
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw Object.assign(new Error(), { code: 'EISDIR' })
    const before = readIfAny(path)
    const kept =
      before.length > keptBytes
        ? before.subarray(before.indexOf('\n', before.length - keptBytes) + 1)
        : before
    if (kept !== before) writeFileSync(path, kept)
    const lineEnd = kept.length === 0 || kept.at(-1) === 0x0a ? '' : '\n'
    appendFileSync(path, `${lineEnd}--- ${new Date().toISOString()} ${nonce} ---\n`)
    return readFileSync(path)
  } catch (error) {
    throw unusable(path, error as NodeJS.ErrnoException)
  }
}

function unusable(path: string, error: NodeJS.ErrnoException): LearnerError {
  if (error.code === 'EISDIR') {
    return new LearnerError(`${path} is a folder, and the log has to be a file.`, {
      hint: `Move or remove that folder, then check again.`,
      cause: error,
    })
  }
  if (error.code === 'ENOSPC') {
    return new LearnerError(`There is no room left on the disk for ${path}.`, {
      hint: 'Free some space, then check again. Nothing of yours was changed.',
      cause: error,
    })
  }
  return new LearnerError(`${path} cannot be written: ${error.message}.`, {
    hint: 'Make the file writable for you, or use another sandbox with --dir <folder>.',
    cause: error,
  })
}

export interface FileWatch {
  /** Reads now, and records what is new. */
  look(): void
  stop(): void
}

export interface LogWatch extends FileWatch {
  /** Records all that this run added. */
  snapshot(): void
  /** How many whole lines this run added so far. */
  lineCount(): number
}

/** Records each whole line that is added to the log. */
export function watchLog(path: string, seed: Buffer, recorder: Recorder): LogWatch {
  let lines: readonly string[] = []
  const read = () => {
    const content = readIfAny(path)
    const overwritten = !content.subarray(0, seed.length).equals(seed)
    return { overwritten, text: (overwritten ? content : content.subarray(seed.length)).toString('utf8') }
  }
  const watch = polled(path, () => {
    const now = read().text.split('\n').slice(0, -1)
    const same = lines.findIndex((line, index) => line !== now[index])
    for (const text of now.slice(same === -1 ? lines.length : same))
      recorder.record({ kind: 'line', file: logName, text })
    lines = now
  })
  return {
    ...watch,
    lineCount: () => lines.length,
    snapshot() {
      watch.look()
      recorder.record({ kind: 'file', file: logName, watched: true, ...read() })
    },
  }
}

/** Records each content that another watched file was seen with. */
export function watchContent(lessonDir: string, file: string, recorder: Recorder): FileWatch {
  const path = join(lessonDir, file)
  return polled(path, () => {
    const text = readIfAny(path).toString('utf8')
    recorder.record({ kind: 'file', file, text, overwritten: false, watched: true })
  })
}

/** Looks at a file every few milliseconds; what was there before does not count as a change. */
function polled(path: string, changed: () => void): FileWatch {
  let seen = stampOf(path)
  const look = () => {
    const now = stampOf(path)
    if (now === seen) return
    seen = now
    changed()
  }
  const timer = setInterval(look, pollMs)
  return { look, stop: () => clearInterval(timer) }
}

function stampOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : 'none'
}

/** A file's first bytes; none where there is no such file, or no file any more. */
function readIfAny(path: string): Buffer {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch {
    return Buffer.alloc(0)
  }
  try {
    if (!fstatSync(fd).isFile()) return Buffer.alloc(0)
    const size = Math.min(fstatSync(fd).size, longestRead)
    const content = Buffer.alloc(size)
    return content.subarray(0, readSync(fd, content, 0, size, 0))
  } finally {
    closeSync(fd)
  }
}
