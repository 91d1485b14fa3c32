import type { TraceView } from './trace-view.ts'

/** What a handler threw, for a step that fails because of it: the reply says no more than 500. */
export function thrownIn(
  view: TraceView,
  name?: string,
): { readonly detail: string; readonly where?: string } | undefined {
  const reply = view
    .of('reply')
    .find(({ request, status }) => status >= 500 && (name === undefined || request === name))
  const asked = reply && view.request(reply.request)
  const error = asked && view.of('error-printed').find(({ at }) => at > asked.at)
  if (!reply || !error) return undefined
  const detail = `An error was thrown, and the reply was ${reply.status}: ${error.message}.`
  return { detail, ...(error.where === undefined ? {} : { where: error.where }) }
}
