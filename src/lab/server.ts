import { bounds } from './bounds.ts'
import { createChildState } from './child-state.ts'
import { send } from './client.ts'
import { startLearnerProcess } from './learner-process.ts'
import { createPatience } from './patience.ts'
import { printedErrors } from './printed-errors.ts'
import { createHolds, type Holds } from './holds.ts'
import type { Recorder } from './recorder.ts'
import { replyOrProof, standsStill } from './stillness.ts'
import type { Subject } from './subject.ts'

interface ServerOptions {
  readonly lessonDir: string
  readonly watched: readonly string[]
  readonly recorder: Recorder
  /** Reads the watched files now. */
  readonly look: () => void
  /** How much stood in the log before this run. */
  readonly seedBytes: number
  /** How many lines the log has got in this run. */
  readonly lineCount: () => number
  readonly signal: AbortSignal | undefined
  /** As in the child's setup. */
  readonly play?: { readonly port: number }
}

export interface OutgoingRequest {
  readonly as: string
  readonly method: string
  readonly path: string
  readonly json?: unknown
}

/** A learner's server under the lab's hand. Whoever starts one must call `end`. */
export interface LabServer {
  /** `false` when the learner's code could not be brought up; the trace says why. */
  ready(): Promise<boolean>
  /** `false` when the reply did not come, or cannot come while a file is held. */
  request(request: OutgoingRequest): Promise<boolean>
  /** `request` once more, for one whose reply is still out. */
  arrives(as: string): Promise<boolean>
  body(as: string): string | undefined
  settles(due: { readonly lines: number }): Promise<void>
  readonly holds: Holds
  end(): Promise<void>
}

export function startServer(options: ServerOptions): LabServer {
  const { lessonDir, watched, recorder, look, seedBytes, lineCount, signal, play } = options
  const { record } = recorder
  const { until, changed } = createPatience((ms) => record({ kind: 'busy', ms }), signal)
  const child = createChildState({ recorder, seedBytes, changed })
  /** Requests whose reply is out, each with what ends it from this side. */
  const outstanding = new Map<string, () => void>()
  const bodies = new Map<string, string>()
  /** How many lines the log had when the server was last seen to stand still. */
  let linesSettled = 0
  let gone = false
  let ending = false
  let lastId = 0

  const seeError = printedErrors(lessonDir, recorder)
  record({ kind: 'start' })
  const learner = startLearnerProcess(
    { lessonDir, watched, play },
    {
      onMessage: child.take,
      onLine(stream, text) {
        record({ kind: 'console', stream, text })
        child.stir()
        if (stream === 'stderr') seeError(text)
      },
    },
  )
  const exited = learner.exited.then(({ code, signal: by }) => {
    gone = true
    record({ kind: 'exit', code, signal: by, byLab: ending })
    changed()
  })

  const subject: Subject = {
    child,
    until,
    isGone: () => gone,
    // Whoever plays goes on, whatever a verdict would be.
    isOver: () => gone || (play === undefined && child.stuck()),
    ask(command) {
      const id = ++lastId
      learner.command({ ...command, id })
      return id
    },
  }
  const holds = createHolds(subject, watched, recorder)

  async function ready(): Promise<boolean> {
    await until(() => gone || child.startFailed || child.port !== undefined, { ms: bounds.ready })
    if (child.port !== undefined) return true
    if (child.startFailed) return false
    // What a process told last may still be in the pipe.
    if (gone) await until(() => child.startFailed, { ms: bounds.flush })
    if (!child.startFailed) {
      const message = gone
        ? 'The process ended before the app was loaded.'
        : 'Loading the app did not come to an end.'
      record({ kind: 'start-failed', reason: gone ? 'exited' : 'hangs', message })
    }
    return false
  }

  async function request({ as, method, path, json }: OutgoingRequest): Promise<boolean> {
    const { port } = child
    if (port === undefined || subject.isOver()) return false
    await holds.passSync(false)
    record({
      kind: 'request',
      request: as,
      method,
      path,
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
    const sent = send({ port, method, path, json, onConnect: (local) => child.connected(local, as) })
    outstanding.set(as, sent.cancel)
    void sent.outcome.then(async (result) => {
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
      changed()
      if (outstanding.size === 0) await holds.passSync(true)
    })
    return await arrives(as)
  }

  async function arrives(as: string): Promise<boolean> {
    const result = await outcome(as)
    if (result !== 'replied' && holds.any)
      record({ kind: 'held-up', request: as, proved: result === 'never' })
    return result === 'replied' && bodies.has(as)
  }

  function outcome(as: string): ReturnType<typeof replyOrProof> {
    return replyOrProof(subject, as, () => !outstanding.has(as))
  }

  async function replies(): Promise<void> {
    for (const [as, cancel] of outstanding) {
      const started = recorder.now()
      const reason = await outcome(as)
      if (reason === 'replied' || !outstanding.delete(as)) continue
      record({
        kind: 'no-reply',
        request: as,
        reason,
        waitedMs: Math.round(recorder.now() - started),
      })
      cancel()
    }
  }

  async function settles({ lines }: { readonly lines: number }): Promise<void> {
    const started = recorder.now()
    if (!holds.any) await replies()
    const due = linesSettled + lines
    const proved = await standsStill(subject, () => lineCount() >= due)
    look()
    linesSettled = lineCount()
    record({ kind: 'idle', proved, waitedMs: Math.round(recorder.now() - started) })
  }

  async function end(): Promise<void> {
    ending = true
    for (const cancel of outstanding.values()) cancel()
    outstanding.clear()
    await learner.end()
    await exited
  }

  return { ready, request, arrives, body: (as) => bodies.get(as), settles, holds, end }
}
