import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const ownCode = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The first frame in a file of the learner's, as `file:line` relative to the lesson folder.
 * Needs `--enable-source-maps`, so that the line is the one in their editor; mapped frames name a
 * path, others a URL.
 */
export function whereInStack(stack: string, lessonDir: string): string | undefined {
  for (const line of stack.split('\n')) {
    const found = /^\s+at (?:async )?(?:.*? \()?(.+?):(\d+):\d+\)?$/.exec(line)
    if (!found?.[1]) continue
    const file = found[1].startsWith('file:') ? fileURLToPath(found[1]) : found[1]
    if (!isAbsolute(file) || /[\\/]node_modules[\\/]/.test(file) || file.startsWith(ownCode)) continue
    return `${lessonPath(file, lessonDir)}:${found[2]}`
  }
  return undefined
}

export function lessonPath(file: string, lessonDir: string): string {
  return relative(lessonDir, file).split(sep).join('/')
}

/** Where the learner's code is now, seen from a patched function; frames above `below` are left out. */
export function whereNow(lessonDir: string, below: (...args: never[]) => unknown): string | undefined {
  const holder: { stack?: string } = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 40
  Error.captureStackTrace(holder, below)
  const stack = String(holder.stack)
  Error.stackTraceLimit = limit
  return whereInStack(stack, lessonDir)
}
