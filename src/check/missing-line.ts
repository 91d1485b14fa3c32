import type { Finding } from './define-check.ts'
import type { LogLine } from './log-line.ts'
import { placed } from './place.ts'
import { failedTask, thrownIn } from './thrown.ts'
import { milliseconds, type TraceView } from './trace-view.ts'

/** Why a line is missing, as far as the trace shows it. */
export function neverRan(view: TraceView, line: LogLine): Partial<Finding> {
  const text = line.text(view)
  const known = thrownIn(view, line.of) ?? failedTask(view, line)
  if (known) return known
  const reply = line.of === undefined ? undefined : view.reply(line.of)
  if (reply && reply.status >= 400) {
    return {
      detail: `The request was answered ${reply.status}, and its line never came.`,
      request: reply.request,
      next: 'Look first at why this very request was refused.',
    }
  }
  const printed = view.of('console').find((event) => event.text === text)
  if (printed) {
    return {
      detail: 'The line was printed on the console, and never written to log.txt.',
      next: 'Append it to log.txt as well.',
    }
  }
  const idle = view.of('idle').at(-1)
  if (!idle || idle.proved) return { detail: 'The line never came, and the server had nothing left to do.' }
  const watched = `${Math.round(idle.waitedMs / 1000)} s`
  const running = stillRunning(view, line.of)
  if (running) {
    const { ms, where } = running
    const detail = `The line did not come within ${watched}: a delay of ${milliseconds(ms)} was still running.`
    return {
      detail,
      next: 'Timers count in milliseconds: one second is 1000.',
      ...placed({ where, from: undefined }),
    }
  }
  return { detail: `The line did not come while the server was watched for ${watched}.` }
}

/** A delay that was begun for this request, and had not ended when nobody looked any more. */
function stillRunning(
  view: TraceView,
  name: string | undefined,
): { readonly ms: number; readonly where?: string } | undefined {
  const fired = new Set(view.of('timer-fired').map(({ id }) => id))
  return view
    .of('timer-set')
    .find(
      ({ id, request, repeats }) => request !== undefined && request === name && !repeats && !fired.has(id),
    )
}
