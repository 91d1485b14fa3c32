import { bounds } from './bounds.ts'
import { type ClientOutcome, send } from './client.ts'
import type { Holds } from './holds.ts'
import type { Recorder } from './recorder.ts'
import { replyOrProof } from './stillness.ts'
import type { Subject } from './subject.ts'

export interface OutgoingRequest {
  readonly as: string
  readonly method: string
  readonly path: string
  readonly json?: unknown
}

/** The requests that the lab sends, and what comes of them. */
export interface Requests {
  /** `false` when the reply did not come, or cannot come while a file is held. */
  send(request: OutgoingRequest): Promise<boolean>
  /** The same once more, for one whose reply is still out. */
  arrives(as: string): Promise<boolean>
  body(as: string): string | undefined
  /** Waits for all that are out; those that do not come are given up and recorded. */
  conclude(): Promise<void>
  /** One was given up though nothing proved that it could not come: others would take as long. */
  readonly hopeless: boolean
  cancel(): void
}

interface RequestsOptions {
  readonly subject: Subject
  readonly recorder: Recorder
  readonly holds: Holds
  /** Reads the watched files now. */
  readonly look: () => void
}

interface Outstanding {
  readonly sentAt: number
  /** Ends it from this side. */
  readonly cancel: () => void
  /** It was waited for as long as any, and no hold kept it back. */
  overdue: boolean
}

export function createRequests({ subject, recorder, holds, look }: RequestsOptions): Requests {
  const { child, until } = subject
  const { record } = recorder
  const outstanding = new Map<string, Outstanding>()
  const bodies = new Map<string, string>()
  let hopeless = false

  async function ask({ as, method, path, json }: OutgoingRequest): Promise<boolean> {
    const { port } = child
    if (port === undefined || subject.isOver() || hopeless) return false
    await holds.passSync(false)
    const body = json === undefined ? {} : { body: JSON.stringify(json) }
    record({ kind: 'request', request: as, method, path, ...body })
    const sent = send({ port, method, path, json, onConnect: (local) => child.connected(local, as) })
    outstanding.set(as, { sentAt: recorder.now(), cancel: sent.cancel, overdue: false })
    void sent.outcome.then((result) => take(as, result))
    return await arrives(as)
  }

  async function take(as: string, result: ClientOutcome): Promise<void> {
    if (!outstanding.delete(as)) return
    // What stands in a file now was there before the reply is looked at.
    look()
    if (result.kind === 'reply') {
      const { status, body, ms } = result
      bodies.set(as, body)
      record({ kind: 'reply', request: as, status, body, ms: Math.round(ms * 100) / 100 })
    } else {
      record({ kind: 'no-reply', request: as, reason: 'connection-lost', waitedMs: Math.round(result.ms) })
    }
    subject.changed()
    try {
      if (outstanding.size === 0) await holds.passSync(true)
    } catch {
      // An abort, of which whoever waits for the reply is told; or a gate that does not move, met again soon.
    }
  }

  async function arrives(as: string): Promise<boolean> {
    const result = await outcome(as)
    if (result !== 'replied' && holds.any)
      record({ kind: 'held-up', request: as, proved: result === 'never' })
    return result === 'replied' && bodies.has(as)
  }

  async function outcome(as: string): ReturnType<typeof replyOrProof> {
    const hasCome = () => !outstanding.has(as)
    const known = outstanding.get(as)
    if (known?.overdue) return (await until(hasCome, { ms: bounds.promptReply })) ? 'replied' : 'deadline'
    const result = await replyOrProof(subject, as, hasCome)
    if (known) known.overdue = result === 'deadline' && child.waiting === 0
    return result
  }

  async function concludeOne(as: string, { sentAt, cancel }: Outstanding): Promise<void> {
    const reason = await outcome(as)
    if (reason === 'replied' || !outstanding.delete(as)) return
    hopeless ||= reason === 'deadline'
    record({ kind: 'no-reply', request: as, reason, waitedMs: Math.round(recorder.now() - sentAt) })
    cancel()
  }

  return {
    send: ask,
    arrives,
    body: (as) => bodies.get(as),
    async conclude() {
      await Promise.all([...outstanding].map(([as, each]) => concludeOne(as, each)))
    },
    get hopeless() {
      return hopeless
    },
    cancel() {
      for (const { cancel } of outstanding.values()) cancel()
      outstanding.clear()
    },
  }
}
