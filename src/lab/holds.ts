import { LearnerError } from '../check/learner-error.ts'
import { bounds } from './bounds.ts'
import type { ChildCommand } from './child/setup.ts'
import type { Recorder } from './recorder.ts'
import { standsStill } from './stillness.ts'
import type { Subject } from './subject.ts'

type GateMove = Extract<ChildCommand, { readonly gate: number }>['do']

/** The gates of the watched files, each moved by its name. */
export interface Holds {
  hold(file: string): Promise<void>
  release(file: string): Promise<void>
  /** One write at a time, each after everything before it has settled. */
  releaseOneByOne(file: string): Promise<void>
  /** Whether sync writes pass held gates: they do but while the first reply under a hold is outstanding. */
  passSync(pass: boolean): Promise<void>
  readonly any: boolean
}

export function createHolds(subject: Subject, watched: readonly string[], { record }: Recorder): Holds {
  const { child, until, isOver } = subject
  /** Held files, and whether a request was sent since. */
  const held = new Map<string, { asked: boolean }>()

  async function move(how: GateMove, file: string): Promise<void> {
    const id = subject.ask({ do: how, gate: watched.indexOf(file) })
    if (!(await until(() => isOver() || child.done(id), { ms: bounds.gate }))) throw stuckGate(how, file)
  }

  async function release(file: string): Promise<void> {
    // Recorded first, so that what it lets happen comes after it in the trace.
    record({ kind: 'release', file, one: false })
    held.delete(file)
    await move('release', file)
    await until(() => isOver() || child.waitingAt(file) === 0, { ms: bounds.gate })
  }

  return {
    async hold(file) {
      await move('hold', file)
      held.set(file, { asked: false })
      record({ kind: 'hold', file })
    },
    release,
    async releaseOneByOne(file) {
      for (;;) {
        await standsStill(subject, () => true)
        const { letGo } = child
        if (child.waitingAt(file) === 0 || isOver()) break
        record({ kind: 'release', file, one: true })
        await move('release-one', file)
        if (!(await until(() => isOver() || child.letGo > letGo, { ms: bounds.gate }))) break
      }
      await release(file)
    },
    async passSync(pass) {
      for (const [file, state] of held) {
        // A held sync write stops the whole thread, and a later request with it, whichever request's task it is:
        // they are held for the first request only.
        if (!pass && state.asked) continue
        state.asked = true
        await move(pass ? 'sync-open' : 'sync-close', file)
      }
    },
    get any() {
      return held.size > 0
    },
  }
}

/** A hold that may not hold proves nothing: better no verdict than one that rests on it. */
function stuckGate(how: GateMove, file: string): LearnerError {
  const seconds = bounds.gate / 1000
  return new LearnerError(
    `Your server’s process was asked to ${asked[how]} ${file} and did not say for ${seconds} s that it had.`,
    { hint: 'Does your code close descriptors that it did not open? If not, run the same command again.' },
  )
}

const asked: Readonly<Record<GateMove, string>> = {
  hold: 'hold all writes to',
  release: 'let go all writes to',
  'release-one': 'let one write go to',
  'sync-open': 'let sync writes pass to',
  'sync-close': 'hold sync writes to',
}
