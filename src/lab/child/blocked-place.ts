import { type Debugger, Session } from 'node:inspector'
import { SourceMap } from 'node:module'
import { whereInStack } from './where.ts'

/**
 * Looks, from another thread, at which line of the learner's the main thread stands still: asks the
 * debugger that V8 has anyway to pause it for a moment. A synchronous system call is seen when it
 * returns. Calls `found` once, with `file:line`, and only if such a line is known.
 */
export function findBlockedPlace(lessonDir: string, found: (where: string) => void): void {
  const session = new Session()
  const scripts = new Map<string, Debugger.ScriptParsedEventDataType>()
  try {
    session.connectToMainThread()
  } catch {
    // A Node before 20.11, or one built without the inspector: the line stays unknown.
    return
  }
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params))
  session.on('Debugger.paused', ({ params }) => {
    const stack = params.callFrames.map((frame) => stackLine(scripts, frame)).join('\n')
    session.post('Debugger.resume', () => session.disconnect())
    const where = whereInStack(stack, lessonDir)
    if (where) found(where)
  })
  session.post('Debugger.enable')
  session.post('Debugger.pause')
}

/** A call frame as a line of `Error.stack`, mapped back to the learner's source. */
function stackLine(
  scripts: ReadonlyMap<string, Debugger.ScriptParsedEventDataType>,
  { location }: Debugger.CallFrame,
): string {
  const script = scripts.get(location.scriptId)
  if (!script) return ''
  const { lineNumber, columnNumber = 0 } = location
  const inline = /^data:application\/json;base64,(.+)$/.exec(script.sourceMapURL ?? '')?.[1]
  if (!inline) return `    at ${script.url}:${lineNumber + 1}:1`
  const map = new SourceMap(
    JSON.parse(Buffer.from(inline, 'base64').toString()) as ConstructorParameters<typeof SourceMap>[0],
  )
  const entry = map.findEntry(lineNumber, columnNumber)
  return `    at ${script.url}:${('originalLine' in entry ? entry.originalLine : lineNumber) + 1}:1`
}
