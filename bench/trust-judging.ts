import { setTimeout as delay } from 'node:timers/promises'
import { decisiveStep, judge } from '../src/check/judge.ts'
import type { Trace } from '../src/check/trace.ts'
import type { Outcome, Verdict } from '../src/check/verdict.ts'
import { runProbe } from '../src/lab/run-probe.ts'
import { answerSandbox } from '../test/answers/answer-sandbox.ts'
import type { Expected, TrustAnswer } from './trust-answers.ts'
import { orphansOf } from './trust-orphans.ts'

export interface TrustVerdict {
  readonly answer: string
  readonly kind: 'right' | 'wrong' | 'inconclusive'
  readonly got: string
  readonly expected: string
  readonly ms: number
  /** For how long not even the lab itself could run. */
  readonly busyMs: number
  /** What was still there two seconds later. */
  readonly orphans: readonly string[]
  readonly steps: Verdict['steps']
  readonly trace: Trace
}

export interface JudgedOnce {
  readonly verdict: TrustVerdict
  /** What is still there two seconds after the verdict; then removes the sandbox. */
  orphans(): Promise<readonly string[]>
}

const graceMs = 2_000

/** Runs one answer in a sandbox of its own and compares what is said of it with what is known. */
export async function judgeOnce(answer: TrustAnswer, signal: AbortSignal): Promise<JudgedOnce> {
  const { lesson, folder } = answer
  const { probe, files = [] } = lesson.check
  const sandbox = answerSandbox(folder, lesson.id)
  const started = performance.now()
  try {
    const trace = await runProbe({ lessonDir: sandbox.lessonDir, probe, files, signal })
    const verdict = judge(lesson.check, trace)
    const ms = performance.now() - started
    return { verdict: compared(answer, { verdict, trace, ms }), orphans }
  } catch (error) {
    sandbox.remove()
    throw error
  }

  async function orphans(): Promise<readonly string[]> {
    await delay(graceMs)
    try {
      return orphansOf(sandbox.root)
    } finally {
      sandbox.remove()
    }
  }
}

interface Seen {
  readonly verdict: Verdict
  readonly trace: Trace
  readonly ms: number
}

function compared({ lesson, name, expected }: TrustAnswer, { verdict, trace, ms }: Seen): TrustVerdict {
  const wanted = words(expected)
  const got = words(asExpected(verdict, expected))
  return {
    answer: `${lesson.id}/${name}`,
    kind: got === wanted ? 'right' : verdict.verdict === 'inconclusive' ? 'inconclusive' : 'wrong',
    got,
    expected: wanted,
    ms: Math.round(ms),
    busyMs: trace.events.reduce((sum, event) => sum + (event.kind === 'busy' ? event.ms : 0), 0),
    orphans: [],
    steps: verdict.steps,
    trace,
  }
}

interface Said extends Omit<Expected, 'verdict' | 'perhaps'> {
  readonly verdict: Outcome
}

/** Of a verdict, what an expectation speaks of. */
function asExpected(verdict: Verdict, expected: Expected): Said {
  const { mistake, where } = decisiveStep(verdict) ?? {}
  const { perhaps = [] } = expected
  const notes = verdict.notes.map(({ note }) => note).filter((note) => !perhaps.includes(note))
  return {
    verdict: verdict.verdict,
    ...(expected.mistake === undefined ? {} : { mistake: mistake ?? 'no mistake' }),
    ...(expected.where === undefined ? {} : { where: where ?? 'nowhere' }),
    ...(expected.notes === undefined ? {} : { notes }),
  }
}

function words({ verdict, mistake, where, notes = [] }: Said): string {
  return [verdict, mistake, where === undefined ? undefined : `at ${where}`, ...notes]
    .filter((part) => part !== undefined)
    .join(' ')
}
