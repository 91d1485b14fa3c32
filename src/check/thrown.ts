import type { Finding } from './define-check.ts'
import { adviceOn } from './error-advice.ts'
import { type Place, placed } from './place.ts'
import type { Phase, TraceView } from './trace-view.ts'

type Thrown = Place & Required<Pick<Finding, 'detail' | 'next'>>

/** What a handler threw, for a step that fails because of it: the reply says no more than 500. */
export function thrownIn(view: TraceView, name?: string): Thrown | undefined {
  const reply = view
    .of('reply')
    .find(({ request, status }) => status >= 500 && (name === undefined || request === name))
  if (!reply) return undefined
  const asked = view.request(reply.request)?.at ?? 0
  const away = ({ at }: { readonly at: number }) => Math.abs(at - reply.at)
  // Hono prints what it answers in these words, and its server what it answers with the message. Any other
  // 500 may have nothing to do with what was printed.
  const said = reply.body.replace(/^Error: /, '')
  const printed = view.of('error-printed').filter(({ at, message }) => {
    return at > asked && (said === 'Internal Server Error' || (said !== '' && message.includes(said)))
  })
  const [error] = printed.toSorted((a, b) => away(a) - away(b))
  if (!error) return undefined
  const { message, where } = error
  const next =
    adviceOn(message) ??
    (message.startsWith('Error: ')
      ? 'What is thrown becomes a 500. To answer with another status, return a response that has it.'
      : 'Mend the line that threw: what comes after it was not reached.')
  return {
    detail: sentence(`An error was thrown, and the reply was ${reply.status}: ${message}`),
    next,
    ...placed({ where, from: undefined }),
  }
}

/** The error that ended a task: the client does not hear of it, and the console only perhaps. */
export function failedTask(
  view: TraceView,
  { of, phase }: { readonly of: string | undefined; readonly phase: Phase },
): Thrown | undefined {
  const asked = of === undefined ? undefined : view.request(of)
  const error = view
    .of('task-failed')
    .find((event) => event.at > (asked?.at ?? 0) && view.inPhase(event, phase))
  if (!error) return undefined
  const { message, task, where, from, added } = error
  const name = task === '' ? 'The task' : `The task \`${task}\``
  const detail = sentence(`${name} failed: ${message}`)
  // Of a value that is not there, the one who handed it over knows more.
  if (/\(reading /.test(message)) {
    const next =
      'See what the task is given: `addTask(fn, argument)` takes the arguments one by one, after the function.'
    return { detail, next, ...placed({ where, from: from ?? added }) }
  }
  const next = adviceOn(message) ?? 'Mend what failed in the task, or catch it there.'
  return { detail, next, ...placed({ where, from: undefined }) }
}

/** Error messages end with a full stop, or not. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
