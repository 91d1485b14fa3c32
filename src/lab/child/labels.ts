import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import { type IncomingMessage, type Server, ServerResponse } from 'node:http'
import { emit } from './channel.ts'
import { patch } from './patch.ts'

/** The client's port tells requests apart: nothing is added to what the learner's code sees. */
const label = new AsyncLocalStorage<number>()

export function currentLabel(): number | undefined {
  return label.getStore()
}

const open = new Map<number, ServerResponse>()
/** Those whose request was taken in this very turn of the event loop. */
const taken = new Set<ServerResponse>()
/** As it was before anything was patched. */
const afterThisTurn = setImmediate

/** The requests whose response is not yet handed over whole, by the client's port. */
export function unfinishedRequests(): readonly number[] {
  return [...open].filter(([, response]) => !response.writableFinished).map(([port]) => port)
}

interface LabelOptions {
  readonly isOurs: (server: Server) => boolean
  /** The log's size in bytes, and how many milliseconds ago it was last written to. */
  readonly logState: () => { readonly size: number; readonly idleMs: number }
  /** The lab did not send the requests: it has to be told what was asked and what was answered. */
  readonly tellsAll: boolean
  /** Called first: many handlers may run before the event loop comes round to any timer. */
  readonly onRequest: () => void
  /** Called before a response's head is written. */
  readonly onResponding: () => void
}

/** Tells the lab of each request to `isOurs` and labels whatever its handler sets going. */
export function labelRequests(options: LabelOptions): void {
  const { isOurs, logState, tellsAll, onRequest, onResponding } = options
  subscribe('http.server.request.start', (message) => {
    const { request, response, server } = message as {
      readonly request: IncomingMessage
      readonly response: ServerResponse
      readonly server: Server
    }
    const port = request.socket.remotePort
    if (!isOurs(server) || port === undefined) return
    onRequest()
    if (tellsAll) emit('asked', { port, method: request.method, path: request.url })
    emit('handling', { port })
    label.enterWith(port)
    open.set(port, response)
    taken.add(response)
    afterThisTurn(() => taken.delete(response))
    response.once('close', () => {
      open.delete(port)
      if (!response.writableFinished) emit('responded', { port, finished: false })
      const status = response.writableFinished ? response.statusCode : undefined
      if (tellsAll) emit('answered', { port, status })
    })
  })
  patch(
    ServerResponse.prototype,
    'writeHead',
    (original) =>
      function writeHead(this: ServerResponse, ...args: unknown[]) {
        const port = this.req.socket.remotePort
        if (port !== undefined && open.get(port) === this) {
          onResponding()
          emit('responding', { port, atOnce: taken.has(this), ...logState() })
        }
        return original.apply(this, args)
      },
  )
  subscribe('http.server.response.finish', (message) => {
    const { request, server } = message as { readonly request: IncomingMessage; readonly server: Server }
    if (isOurs(server)) emit('responded', { port: request.socket.remotePort, finished: true })
  })
}
