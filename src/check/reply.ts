import { isDeepStrictEqual } from 'node:util'
import { type Expectation, type Finding, passed, skipped } from './define-check.ts'
import type { LogLine } from './log-line.ts'
import { ranFor } from './server-step.ts'
import { thrownIn } from './thrown.ts'
import type { TraceView } from './trace-view.ts'
import { type WaitOptions, waitsFor } from './waiting.ts'

type JsonOf = (view: TraceView) => unknown

/** What is expected of the reply to the request a probe named `name`. */
export interface ReplyWord {
  /** Its status, and then its JSON: one step. */
  hasStatus(status: number): Expectation & { hasJson(json: object | JsonOf): Expectation }
  /** By cause: the reply came while the line's write was held back, and no delay of its task came before it. */
  doesNotWaitFor(lines: LogLine | readonly LogLine[], options?: WaitOptions): Expectation
}

export function reply(name: string): ReplyWord {
  return {
    hasStatus(status) {
      const answers = [{ request: name, status }]
      return {
        title: `The reply is ${status}`,
        answers,
        judge: (view) => judgeReply(view, { name, status }),
        hasJson: (json) => ({
          title: `The reply is ${status}, with the right JSON`,
          answers,
          judge: (view) =>
            judgeReply(view, {
              name,
              status,
              json: typeof json === 'function' ? (json as JsonOf)(view) : json,
            }),
        }),
      }
    },
    doesNotWaitFor(lines, options = {}) {
      const all = Array.isArray(lines) ? (lines as readonly LogLine[]) : [lines as LogLine]
      return {
        title: 'The reply does not wait for the task',
        judge: (view) => waitsFor(view, { name, lines: all, ...options }),
      }
    },
  }
}

interface Wanted {
  readonly name: string
  readonly status: number
  readonly json?: unknown
}

function judgeReply(view: TraceView, { name, status, json }: Wanted): Finding {
  const seen = view.reply(name)
  if (!seen) return skipped
  const expected = `${status}${json === undefined ? '' : ` ${JSON.stringify(json)}`}`
  const isJson = view.json(name) !== undefined
  const actual = `${seen.status} ${isJson ? shortened(seen.body) : `“${shortened(seen.body)}”`}`
  const right = seen.status === status && (json === undefined || isDeepStrictEqual(view.json(name), json))
  if (right) return passed
  const differs =
    seen.status === status
      ? isJson
        ? 'The JSON differs'
        : 'The body is no JSON'
      : `The status is ${seen.status}, not ${status}`
  const noReturn = seen.status === 404 && status !== 404 && ranFor(view, name)
  const detail = noReturn
    ? 'The handler ran, and the reply is 404 all the same: is a `return` missing?'
    : `${differs}.`
  const thrown = thrownIn(view, name) ?? { detail, ...statusOrJson(seen, { status, isJson }) }
  return { status: 'failed', mistake: 'wrong-reply', request: name, expected, actual, ...thrown }
}

function statusOrJson(
  seen: { readonly status: number },
  { status, isJson }: { readonly status: number; readonly isJson: boolean },
): { readonly next?: string } {
  if (seen.status >= 500 || (seen.status >= 400 && status < 400)) return {}
  if (seen.status !== status) return { next: `The status comes second: \`c.json({ … }, ${status})\`.` }
  return isJson ? {} : { next: 'Answer with `c.json({ … })`.' }
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}
