import type { Context, ExecutionContext } from 'hono'

/** What is used of Node's response, HTTP/1 or HTTP/2, without importing Node's types. */
export interface Outgoing {
  on(event: 'close', listener: () => void): unknown
  readonly closed?: boolean
  readonly destroyed?: boolean
  readonly stream?: { readonly destroyed?: boolean }
}

/** The response that `@hono/node-server` hands over in `c.env`; none in `app.request()` or on Workers. */
export function outgoingOf(c: Context): Outgoing | undefined {
  const outgoing = (c.env as { readonly outgoing?: Partial<Outgoing> } | undefined)?.outgoing
  return typeof outgoing?.on === 'function' ? (outgoing as Outgoing) : undefined
}

/**
 * Node emits `close` once: when the last byte has been handed to the system, or when the connection
 * broke before that. `finish` alone would miss the second.
 */
export function whenClosed(outgoing: Outgoing, callback: () => void): void {
  // The client may have left while an earlier middleware waited; then there is no event to come.
  if (outgoing.closed || outgoing.destroyed || outgoing.stream?.destroyed) callback()
  else outgoing.on('close', callback)
}

/** On Workers, or in a test that passes one. Hono throws where there is none. */
export function executionCtxOf(c: Context): ExecutionContext | undefined {
  try {
    return c.executionCtx
  } catch {
    return undefined
  }
}
