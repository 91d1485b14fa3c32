import { whereInStack } from './child/where.ts'
import type { Recorder } from './recorder.ts'

/** How the course's middleware begins its complaint. */
const calledNotPassed = /^TypeError: (addTask) needs a function/

/**
 * Finds errors among the lines of a process's stderr: a head like `TypeError: …`, then its frames.
 * A handler's error is caught by Hono and shows nowhere else.
 */
export function printedErrors(lessonDir: string, { record }: Recorder): (line: string) => void {
  let message: string | undefined
  return (line) => {
    const head = /^(?:Uncaught )?((?:[A-Z]\w*)?(?:Error|Exception)\b.*)$/.exec(line)
    if (head) {
      message = head[1]
      return
    }
    const where = message === undefined ? undefined : whereInStack(line, lessonDir)
    if (message === undefined || where === undefined) return
    const call = calledNotPassed.exec(message)?.[1]
    if (call) record({ kind: 'not-a-function', call, where })
    record({ kind: 'error-printed', message, where })
    message = undefined
  }
}
