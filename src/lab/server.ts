import type { ChildCommand } from './child/setup.ts'
import { createChildState } from './child-state.ts'
import { send } from './client.ts'
import { startLearnerProcess } from './learner-process.ts'
import { createPatience } from './patience.ts'
import { printedErrors } from './printed-errors.ts'
import type { Recorder } from './recorder.ts'

/** Bounds in milliseconds of time in which the lab itself ran on time. */
const bounds = {
  /** From the process's start until it listens. */
  ready: 10_000,
  /** For a reply, before it is worth asking whether one can come at all. */
  promptReply: 150,
  /** For a reply where nothing proves that none can come. */
  reply: 10_000,
  /** For the bytes that a server may have sent before a sync write stopped it. */
  stopped: 400,
  /** For a server that never runs empty and shows nothing of what it does, while lines are due. */
  quiet: 9_000,
  /** And while none are, or while a write waits at a gate. */
  shortQuiet: 1_000,
  /** For a server that never runs empty, whatever it does. */
  settle: 40_000,
  /** For the gate to move. */
  gate: 10_000,
}

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
}

export interface OutgoingRequest {
  readonly as: string
  readonly method: string
  readonly path: string
  readonly json?: unknown
}

type GateMove = Extract<ChildCommand, { readonly gate: number }>['do']

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
  hold(file: string): Promise<void>
  release(file: string): Promise<void>
  releaseOneByOne(file: string): Promise<void>
  end(): Promise<void>
}

export function startServer(options: ServerOptions): LabServer {
  const { lessonDir, watched, recorder, look, seedBytes, lineCount, signal } = options
  const { record } = recorder
  const patience = createPatience((ms) => record({ kind: 'busy', ms }), signal)
  const { until, changed } = patience
  const child = createChildState({ recorder, seedBytes, changed })
  const outstanding = new Map<string, () => void>()
  const bodies = new Map<string, string>()
  const held = new Set<string>()
  /** How many lines the log had when the server was last seen to stand still. */
  let linesSettled = 0
  let gone = false
  /** Nothing more can be learned from this server. */
  const over = () => gone || child.stuck()
  let ending = false
  let lastId = 0

  const seeError = printedErrors(lessonDir, recorder)
  record({ kind: 'start' })
  const learner = startLearnerProcess(
    { lessonDir, watched },
    {
      onMessage: child.take,
      onLine(stream, text) {
        record({ kind: 'console', stream, text })
        if (stream === 'stderr') seeError(text)
      },
    },
  )
  const exited = learner.exited.then(({ code, signal: by }) => {
    gone = true
    record({ kind: 'exit', code, signal: by, byLab: ending })
    changed()
  })

  async function ready(): Promise<boolean> {
    await until(() => gone || child.startFailed || child.port !== undefined, { ms: bounds.ready })
    if (child.port !== undefined) return true
    if (child.startFailed) return false
    if (gone) await flushed()
    if (!child.startFailed) {
      const message = gone
        ? 'The process ended before the app was loaded.'
        : 'Loading the app did not come to an end.'
      record({ kind: 'start-failed', reason: gone ? 'exited' : 'hangs', message })
    }
    return false
  }

  /** The process has exited; what it told last may still be in the pipe. */
  async function flushed(): Promise<void> {
    await until(() => child.startFailed, { ms: 250 })
  }

  async function moveGate(move: GateMove, file: string): Promise<void> {
    const id = ++lastId
    learner.command({ do: move, gate: watched.indexOf(file), id })
    await until(() => over() || child.done(id), { ms: bounds.gate })
  }

  async function moveHeld(move: 'sync-open' | 'sync-close'): Promise<void> {
    for (const file of held) await moveGate(move, file)
  }

  async function request({ as, method, path, json }: OutgoingRequest): Promise<boolean> {
    const { port } = child
    if (port === undefined || over()) return false
    await moveHeld('sync-close')
    record({
      kind: 'request',
      request: as,
      method,
      path,
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
    const sent = send({ port, method, path, json, onConnect: (local) => child.connected(local, as) })
    outstanding.set(as, sent.cancel)
    void sent.outcome.then(async (outcome) => {
      if (!outstanding.delete(as)) return
      // What stands in a file now was there before the reply is looked at.
      look()
      if (outcome.kind === 'reply') {
        const { status, body, ms } = outcome
        bodies.set(as, body)
        record({ kind: 'reply', request: as, status, body, ms: Math.round(ms * 100) / 100 })
      } else {
        record({ kind: 'no-reply', request: as, reason: 'connection-lost', waitedMs: Math.round(outcome.ms) })
      }
      changed()
      if (outstanding.size === 0) await moveHeld('sync-open')
    })
    return await arrives(as)
  }

  async function arrives(as: string): Promise<boolean> {
    return (await replyOrProof(as)) === 'replied' && bodies.has(as)
  }

  /** `never`: it is proved that the reply cannot come unless the gate moves. */
  async function replyOrProof(as: string): Promise<'replied' | 'never' | 'deadline'> {
    const replied = () => over() || !outstanding.has(as)
    await until(() => replied() || child.waiting > 0, { ms: bounds.promptReply })
    await until(() => replied() || child.handled(as) || child.stopped, { ms: bounds.reply })
    while (!replied()) {
      // A response that is on its way arrives, however late this side gets to see it.
      if (child.responded(as)) return (await until(replied, { ms: bounds.reply })) ? 'replied' : 'deadline'
      if (child.stopped) {
        if (!(await until(() => replied() || !child.stopped, { ms: bounds.stopped }))) return 'never'
        continue
      }
      const id = askWhetherIdle()
      const answered = await until(() => replied() || child.settled(id) || child.stopped, {
        ms: child.waiting > 0 ? bounds.shortQuiet : bounds.reply,
        renewed: whatMoves(),
        atMost: bounds.settle,
      })
      if (!answered) return 'deadline'
      if (child.responded(as) || replied()) continue
      if (child.proved(id)) return 'never'
      // An interval may still bring the reply, unless what it waits for is held back.
      if (child.settled(id) && child.waiting > 0) return 'deadline'
      if (child.settled(id) && !(await until(replied, { ms: bounds.reply }))) return 'deadline'
    }
    return 'replied'
  }

  function askWhetherIdle(): number {
    const id = ++lastId
    learner.command({ do: 'settle', id })
    return id
  }

  async function replies(): Promise<void> {
    for (const [as, cancel] of outstanding) {
      const started = recorder.now()
      const outcome = await replyOrProof(as)
      if (outcome === 'replied' || !outstanding.delete(as)) continue
      record({
        kind: 'no-reply',
        request: as,
        reason: outcome,
        waitedMs: Math.round(recorder.now() - started),
      })
      cancel()
    }
  }

  async function settles({ lines }: { readonly lines: number }): Promise<void> {
    const started = recorder.now()
    if (held.size === 0) await replies()
    const due = linesSettled + lines
    const proved = await standsStill(() => lineCount() >= due)
    look()
    linesSettled = lineCount()
    record({ kind: 'idle', proved, waitedMs: Math.round(recorder.now() - started) })
  }

  /** Whether it is proved that nothing more will happen; while things are `due`, what cannot be proved is waited for. */
  async function standsStill(isDone: () => boolean): Promise<boolean> {
    let quietMs = 0
    for (;;) {
      const id = askWhetherIdle()
      const settled = await until(() => over() || child.settled(id) || child.stopped, {
        ms: () => (isDone() ? bounds.shortQuiet : bounds.quiet),
        renewed: whatMoves(),
        atMost: bounds.settle,
      })
      if (gone || child.proved(id)) return true
      if (!settled || over() || child.stopped || isDone() || quietMs >= bounds.quiet) return false
      // An interval, a child process or a worker may have something to do yet.
      const { activity } = child
      await until(() => over() || isDone(), { ms: bounds.shortQuiet })
      quietMs = child.activity === activity ? quietMs + bounds.shortQuiet : 0
    }
  }

  /** Says, each time it is asked, whether the learner's code has done anything since, or has a timer running. */
  function whatMoves(): () => boolean {
    let seen = child.activity
    return () => {
      const moved = child.activity !== seen
      seen = child.activity
      return moved || child.timersPending()
    }
  }

  async function hold(file: string): Promise<void> {
    await moveGate('hold', file)
    held.add(file)
    record({ kind: 'hold', file })
  }

  async function release(file: string): Promise<void> {
    // Recorded first, so that what it lets happen comes after it in the trace.
    record({ kind: 'release', file, one: false })
    held.delete(file)
    await moveGate('release', file)
    await until(() => over() || child.waitingAt(file) === 0, { ms: bounds.gate })
  }

  async function releaseOneByOne(file: string): Promise<void> {
    for (;;) {
      await standsStill(() => true)
      const { letGo } = child
      if (child.waitingAt(file) === 0 || over()) break
      record({ kind: 'release', file, one: true })
      await moveGate('release-one', file)
      if (!(await until(() => over() || child.letGo > letGo, { ms: bounds.gate }))) break
    }
    await release(file)
  }

  async function end(): Promise<void> {
    ending = true
    for (const cancel of outstanding.values()) cancel()
    outstanding.clear()
    await learner.end()
    await exited
  }

  return {
    ready,
    request,
    arrives,
    body: (as) => bodies.get(as),
    settles,
    hold,
    release,
    releaseOneByOne,
    end,
  }
}
