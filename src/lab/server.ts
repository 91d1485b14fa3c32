import { randomUUID } from 'node:crypto'
import { bounds } from './bounds.ts'
import { createChildState } from './child-state.ts'
import { startLearnerProcess } from './learner-process.ts'
import { createPatience } from './patience.ts'
import { printedErrors } from './printed-errors.ts'
import { createHolds, type Holds } from './holds.ts'
import type { Recorder } from './recorder.ts'
import { createRequests, type Requests } from './requests.ts'
import { standsStill } from './stillness.ts'
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

/** A learner's server under the lab's hand. Whoever starts one must call `end`. */
export interface LabServer {
  /** `false` when the learner's code could not be brought up; the trace says why. */
  ready(): Promise<boolean>
  readonly requests: Requests
  settles(due: { readonly lines: number }): Promise<void>
  readonly holds: Holds
  end(): Promise<void>
}

export function startServer(options: ServerOptions): LabServer {
  const { lessonDir, watched, recorder, look, seedBytes, lineCount, signal, play } = options
  const { record } = recorder
  const patience = createPatience((ms) => record({ kind: 'busy', ms }), signal)
  const { until, changed } = patience
  const child = createChildState({ recorder, seedBytes, changed })
  /** How many lines the log had when the server was last seen to stand still. */
  let linesSettled = 0
  let gone = false
  let ending = false
  let lastId = 0

  const seeError = printedErrors(lessonDir, recorder)
  record({ kind: 'start' })
  const learner = startLearnerProcess(
    { lessonDir, watched, run: `${process.pid}-${randomUUID()}`, play },
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
    changed,
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
  const requests = createRequests({ subject, recorder, holds, look })

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

  async function settles({ lines }: { readonly lines: number }): Promise<void> {
    const started = recorder.now()
    if (!holds.any) await requests.conclude()
    const due = linesSettled + lines
    const proved = await standsStill(subject, () => requests.hopeless || lineCount() >= due)
    look()
    // What is held back is still due; what another process wrote past the gate is not due again.
    if (!holds.any) linesSettled = lineCount()
    record({ kind: 'idle', proved, waitedMs: Math.round(recorder.now() - started) })
  }

  async function end(): Promise<void> {
    ending = true
    requests.cancel()
    try {
      await learner.end()
      await exited
    } finally {
      patience.end()
    }
  }

  return { ready, requests, settles, holds, end }
}
