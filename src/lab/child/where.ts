import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const ownCode = fileURLToPath(new URL('../../', import.meta.url))

/**
 * The first frame in a file of the learner's, as `file:line` relative to the lesson folder.
 * Needs `--enable-source-maps`, so that the line is the one in their editor; mapped frames name a
 * path, others a URL.
 */
export function whereInStack(stack: string, lessonDir: string): string | undefined {
  return placesInStack(stack, lessonDir)[0]
}

/**
 * The learner's frames, innermost first, up to the first that is a library's: what stands beyond it
 * only let this happen, like the `await next()` of a middleware around it.
 */
function placesInStack(stack: string, lessonDir: string): readonly string[] {
  const places: string[] = []
  for (const line of stack.split('\n')) {
    const found = /^\s+at (?:async )?(?:.*? \()?(.+?):(\d+):\d+\)?$/.exec(line)
    if (!found?.[1]) continue
    const file = found[1].startsWith('file:') ? fileURLToPath(found[1]) : found[1]
    if (!isAbsolute(file)) continue
    const isTheirs = !/[\\/]node_modules[\\/]/.test(file) && !file.startsWith(ownCode)
    if (isTheirs) places.push(`${lessonPath(file, lessonDir)}:${found[2]}`)
    else if (places.length > 0) break
  }
  return places
}

export function lessonPath(file: string, lessonDir: string): string {
  return relative(lessonDir, file).split(sep).join('/')
}

export interface Place {
  readonly where: string
  /** Who called what stands at `where`: the outermost of the other frames, if there is one in another file. */
  readonly from?: string
}

export function placeInStack(stack: string, lessonDir: string): Place | undefined {
  const places = placesInStack(stack, lessonDir)
  const [where] = places
  if (where === undefined) return undefined
  // A callback of theirs that another file of theirs calls: it is that file that did it.
  const from = places.findLast((place) => fileOf(place) !== fileOf(where)) ?? places.at(-1)
  return { where, ...(from === where || from === undefined ? {} : { from }) }
}

function fileOf(place: string): string {
  return place.slice(0, place.lastIndexOf(':'))
}

/** Where the learner's code is now, seen from a patched function; frames above `below` are left out. */
export function placeNow(lessonDir: string, below?: (...args: never[]) => unknown): Place | undefined {
  const holder: { stack?: string } = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 40
  Error.captureStackTrace(holder, below)
  const stack = String(holder.stack)
  Error.stackTraceLimit = limit
  return placeInStack(stack, lessonDir)
}

export function whereNow(lessonDir: string, below?: (...args: never[]) => unknown): string | undefined {
  return placeNow(lessonDir, below)?.where
}
