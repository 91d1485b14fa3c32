import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { emit } from './channel.ts'
import type { Heart } from './heart.ts'

interface Settling {
  readonly heart: Heart
  readonly server: Server
  readonly sockets: ReadonlySet<Socket>
  /** How many writes wait at a gate: they keep no event loop alive. */
  readonly waiting: () => number
}

/**
 * Proves that nothing more will happen by itself: with the server and its connections unreferenced,
 * Node's own `beforeExit` comes when no timer, task, file, child or worker is left. What then still
 * waits can only be moved from outside: by the gate, or by a client. The server is referenced again
 * at once, so the process goes on as if nothing had been asked.
 */
export function answerSettling({ heart, server, sockets, waiting }: Settling): void {
  const asked = new Set<number>()
  heart.onSettle((id) => {
    if (asked.size === 0) unreference()
    asked.add(id)
  })

  function unreference(): void {
    server.unref()
    for (const socket of sockets) socket.unref()
    process.once('beforeExit', () => {
      server.ref()
      for (const socket of sockets) socket.ref()
      for (const id of asked) emit('settled', { id, waiting: waiting() })
      asked.clear()
    })
  }
}
