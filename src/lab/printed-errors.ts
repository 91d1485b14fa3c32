import { whereInStack } from './child/where.ts'
import type { Recorder } from './recorder.ts'

/** How the course's middleware begins its complaint. */
const calledNotPassed = /^TypeError: (addTask) needs a function, but got (.+?)\./

/**
 * Finds errors among the lines of a process's stderr: a head like `TypeError: …`, then its frames.
 * A handler's error is caught by Hono and shows nowhere else.
 */
export function printedErrors(lessonDir: string, { record }: Recorder): (line: string) => void {
  let message: string | undefined
  let frames = 0
  const tell = (place: { readonly where?: string }) => {
    if (message === undefined) return
    const [, call, given] = calledNotPassed.exec(message) ?? []
    if (call !== undefined && given !== undefined) record({ kind: 'not-a-function', call, given, ...place })
    record({ kind: 'error-printed', message, ...place })
    message = undefined
  }
  return (line) => {
    const isFrame = /^\s+at /.test(line)
    if (!isFrame) tell({})
    const head = /^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception)\b.*)$/.exec(line)
    if (head) {
      message = head[1]
      frames = 0
    }
    if (!isFrame) return
    const where = whereInStack(line, lessonDir)
    // Node prints ten frames unless told otherwise: with the last, there is no line of the learner's.
    if (where !== undefined || ++frames >= framesPrinted) tell(where === undefined ? {} : { where })
  }
}

const framesPrinted = 10
