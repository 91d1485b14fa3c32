import { request } from 'node:http'
import { clock } from './recorder.ts'

export interface ClientRequest {
  readonly port: number
  readonly method: string
  readonly path: string
  readonly json?: unknown
  /** The client's own port, known before the first byte is sent. */
  readonly onConnect: (localPort: number) => void
}

export type ClientOutcome =
  | {
      readonly kind: 'reply'
      readonly at: number
      readonly ms: number
      readonly status: number
      readonly body: string
    }
  | { readonly kind: 'lost'; readonly at: number; readonly ms: number }

const longestBody = 64 * 1024

/**
 * Sends one request on a connection of its own. A reply counts when its last byte has arrived;
 * a connection that breaks before that is `lost`. `cancel` ends it from this side.
 */
export function send(asked: ClientRequest): { readonly outcome: Promise<ClientOutcome>; cancel(): void } {
  const started = clock()
  const body = asked.json === undefined ? undefined : JSON.stringify(asked.json)
  const headers =
    body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const { port, method, path } = asked
  const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false })
  const outcome = new Promise<ClientOutcome>((resolve) => {
    const lost = () => resolve({ kind: 'lost', at: clock(), ms: clock() - started })
    outgoing.on('socket', (socket) => {
      socket.setNoDelay(true)
      socket.once('connect', () => asked.onConnect(socket.localPort ?? 0))
    })
    outgoing.on('error', lost)
    outgoing.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        if (text.length < longestBody) text += chunk
      })
      response.on('error', lost)
      response.on('end', () => {
        const at = clock()
        resolve({ kind: 'reply', at, ms: at - started, status: response.statusCode ?? 0, body: text })
      })
    })
  })
  outgoing.end(body)
  return { outcome, cancel: () => outgoing.destroy() }
}
