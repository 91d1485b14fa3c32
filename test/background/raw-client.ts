import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { withinDeadline } from './journal.ts'

/** One connection, spoken to byte by byte: what a client that stalls or vanishes looks like. */
export interface RawClient {
  readonly socket: Socket
  /** How many bytes came so far. */
  received(): number
  /** Sends a request without a body. */
  send(method: string, path: string): void
  /** Resolves once so many bytes have come in all. */
  receivesBytes(count: number): Promise<void>
  /** Resolves once `text` has come in the first 64 kB; gives everything up to then. */
  receivesText(text: string): Promise<string>
}

export async function connectTo(origin: string): Promise<RawClient> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => {
    socket.destroy()
  })
  await once(socket, 'connect')
  let received = 0
  let text = ''
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length
    if (text.length < 65_536) text += chunk.toString('latin1')
  })

  async function hasCome(condition: () => boolean, what: string): Promise<void> {
    while (!condition()) {
      await withinDeadline(
        once(socket, 'data'),
        () => `${what} did not come; what did: ${text.slice(0, 300)}`,
      )
    }
  }

  return {
    socket,
    received: () => received,
    send: (method, path) =>
      socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-length: 0\r\n\r\n`),
    receivesBytes: (count) => hasCome(() => received >= count, `${count} bytes`),
    receivesText: async (wanted) => {
      await hasCome(() => text.includes(wanted), `“${wanted}”`)
      return text
    },
  }
}
