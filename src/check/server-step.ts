import type { Check, Finding } from './define-check.ts'
import { adviceOn, adviceOnLoading } from './error-advice.ts'
import { placed } from './place.ts'
import type { TraceEventOf } from './trace.ts'
import { parseJson, type TraceView } from './trace-view.ts'
import type { Mistake } from './verdict.ts'

/** Longer than any pause of the runtime's own, shorter than the shortest blocking a lesson shows. */
export const blockingMs = 1000

/** The mistakes that any lesson can show, in their order of precedence: the first step of each verdict. */
export function judgeServer(view: TraceView, check: Check): Finding {
  return (
    doesNotStart(view) ??
    routeMissing(view, check) ??
    crashed(view) ??
    calledNotPassed(view) ??
    blocked(view) ??
    neverReplied(view) ?? { status: 'passed', ...started(view) }
  )
}

function started(view: TraceView): { readonly detail?: string } {
  const ready = view.of('ready')[0]
  return ready ? { detail: `It listened after ${ready.startUpMs} ms.` } : {}
}

function failed(mistake: Mistake, detail: string, more: Partial<Finding> = {}): Finding {
  return { status: 'failed', mistake, detail, ...more }
}

function at(where: string | undefined): { readonly where?: string } {
  return where === undefined ? {} : { where }
}

function doesNotStart(view: TraceView): Finding | undefined {
  const [event] = view.of('start-failed')
  if (!event) return undefined
  const exit = view.of('exit').find(({ byLab }) => !byLab)
  const next = event.reason === 'threw' ? adviceOnLoading(event.message) : undefined
  return failed('does-not-start', startFailures[event.reason](event, exit), {
    ...at(event.where),
    ...(next === undefined ? {} : { next }),
  })
}

const startFailures: Record<
  TraceEventOf<'start-failed'>['reason'],
  (event: TraceEventOf<'start-failed'>, exit: TraceEventOf<'exit'> | undefined) => string
> = {
  'no-entry': ({ message }) => message,
  'two-entries': ({ message }) => message,
  syntax: ({ message }) => `There is a syntax error: ${message}`,
  threw: ({ message }) =>
    /listen is not a function/.test(message)
      ? `${message}. A Hono app does not listen by itself, and the check starts the server: end the file with \`export default app\`.`
      : `An error was thrown while the app was loaded. ${message}`,
  'no-export': ({ message }) => `${message} End the file with \`export default app\`.`,
  'no-fetch': ({ message }) => `${message} Export the Hono app itself: \`export default app\`.`,
  'listens-itself': ({ message }) =>
    `${message} The check starts the server: take serve() or listen() out and end the file with \`export default app\`.`,
  exited: (_, exit) =>
    exit?.code === 13
      ? 'An await at the top level of the app never came to an end, so the app was never loaded.'
      : `The process ended while the app was loaded${exit ? `, ${ended(exit)}` : ''}.`,
  hangs: () =>
    'Loading the app did not come to an end: look for a loop, or an await that never ends, outside the handlers.',
}

function ended({ code, signal }: TraceEventOf<'exit'>): string {
  return signal ? `by ${signal}` : `with exit code ${code}`
}

/** A bare 404 where the lesson's route should have answered; the contract's own JSON 404 is an answer. */
function routeMissing(view: TraceView, check: Check): Finding | undefined {
  const answers = check.expectations.flatMap((expectation) => expectation.answers ?? [])
  const routes = new Set(answers.filter(({ status }) => status !== 404).map(({ request }) => request))
  for (const reply of view.of('reply')) {
    if (
      !routes.has(reply.request) ||
      reply.status !== 404 ||
      typeof (parseJson(reply.body) as { error?: unknown } | null)?.error === 'string'
    )
      continue
    // Code of the learner's ran for this request: it was matched, and answered nothing.
    if (ranFor(view, reply.request)) continue
    const request = view.request(reply.request)
    const route = `${request?.method} ${request?.path.split('?')[0]}`
    return failed('route-missing', `No handler answers ${route}: the reply is 404.`, {
      request: reply.request,
    })
  }
  return undefined
}

/** Whether code of the learner's did anything that can be seen, for this request. */
export function ranFor(view: TraceView, name: string): boolean {
  return view.events.some(
    (event) => (event.kind === 'write' || event.kind === 'timer-set') && event.request === name,
  )
}

function crashed(view: TraceView): Finding | undefined {
  const exit = view.of('exit').find(({ byLab }) => !byLab)
  if (!exit) return undefined
  const [crash] = view.of('crash')
  if (!crash) return endedItself(view, exit)
  const nobody =
    crash.origin === 'unhandledRejection'
      ? 'A promise was rejected and nobody handled it'
      : 'An error was thrown and nobody caught it'
  const { message, where, from } = crash
  return failed('crashes-server', `${nobody}, so Node ended the server. ${message}`, {
    ...placed({ where, from }),
    ...afterCrash(view, crash),
  })
}

function afterCrash(view: TraceView, { at: crashedAt, message }: TraceEventOf<'crash'>): Partial<Finding> {
  if (!view.of('handling').some(({ at: taken }) => taken < crashedAt)) {
    return {
      next: 'No request had been handled yet: look for a function that is called where it is only to be named.',
    }
  }
  const next = /ENOENT/.test(message) ? adviceOn(message) : undefined
  return next === undefined ? {} : { next }
}

/** No error was left uncaught: something in the process, or a signal, ended it. */
function endedItself(view: TraceView, exit: TraceEventOf<'exit'>): Finding {
  const last = view
    .of('console')
    .findLast(({ at: printed, text }) => printed <= exit.at && text.trim() !== '')
  const words = last ? ` The last it printed was “${last.text}”.` : ''
  return failed(
    'crashes-server',
    `The server's process ended ${ended(exit)}, and no error was left uncaught.${words}`,
    {
      next: 'Look for process.exit: a task that is done just returns.',
    },
  )
}

function calledNotPassed(view: TraceView): Finding | undefined {
  const [event] = view.of('not-a-function')
  if (!event) return undefined
  const { call, given = 'undefined', where } = event
  if (given === 'a promise' || given === 'undefined') {
    const detail = `${call} was given the result of a call, not a function: the task ran at once, inside the handler.`
    return failed('called-not-passed', detail, at(where))
  }
  const next = instead.get(given)?.(call)
  return failed('called-not-passed', `${call} was given ${given}, not a function.`, {
    ...at(where),
    ...(next === undefined ? {} : { next }),
  })
}

/** What to do about something that was no call's result either. */
const instead = new Map([
  [
    'a number',
    (call: string) => `The function comes first, the milliseconds after it: \`${call}(fn, 5000)\`.`,
  ],
  ['a string', () => 'Pass the function itself: its name without quotes, and its arguments after it.'],
])

/**
 * Only from when it listens on: what stands still before that keeps nobody waiting. Starting a child
 * process takes no second either; where it seems to, the machine is busy. To wait for its end is another matter.
 */
function blocked(view: TraceView): Finding | undefined {
  const children = view.of('child-started').filter(({ sync }) => sync !== true)
  const starts = new Set(children.map(({ where }) => where))
  const ready = view.of('ready')[0]?.at ?? 0
  const stall = view
    .of('stall')
    .filter(({ at: end, ms, lasting }) => end > ready && (lasting || Math.min(ms, end - ready) >= blockingMs))
    .filter(({ where }) => where === undefined || !starts.has(where))
    .toSorted((a, b) => b.ms - a.ms)[0]
  if (!stall) return undefined
  const more = stall.lasting ? ' and was still standing' : ''
  const detail = `The event loop stood still for ${(stall.ms / 1000).toFixed(1)} s${more}. Meanwhile this server could answer nobody.`
  return failed('blocks-event-loop', detail, at(stall.where))
}

function neverReplied(view: TraceView): Finding | undefined {
  const [event] = view.of('no-reply')
  const open = view.of('request').find(({ request }) => !view.reply(request))
  if (!event) {
    if (!open) return undefined
    const detail = 'The run ended before the reply to this request was seen. Check again.'
    return { status: 'inconclusive', detail, request: open.request }
  }
  const { request } = event
  if (event.reason === 'connection-lost')
    return failed('never-replies', 'The connection was closed without a reply.', { request })
  if (event.reason === 'never') {
    return failed(
      'never-replies',
      'The request was taken, and then nothing was left that could ever answer it.',
      { request },
    )
  }
  return failed('never-replies', `No reply came within ${Math.round(event.waitedMs / 1000)} s.`, { request })
}
