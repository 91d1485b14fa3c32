import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { listAnswers, type TrustAnswer } from './trust-answers.ts'
import { type JudgedOnce, judgeOnce, type TrustVerdict } from './trust-judging.ts'
import { startLoad } from './trust-load.ts'
import { orphansOf } from './trust-orphans.ts'
import { countsOf, describe, isTrusted, type Phase, renderReport } from './trust-report.ts'

/*
 * npm run trust: judges every answer whose verdict is known, again and again, on an idle machine and on
 * a busy one, and says how often the verdict was another, was none, or left something behind.
 */

const { values: options } = parseArgs({
  options: {
    /** How often every answer is judged while the machine is kept busy. */
    rounds: { type: 'string', default: '4' },
    /** How often before that, with nothing else to do. */
    idle: { type: 'string', default: '1' },
    /** Busy processes for each core. */
    load: { type: 'string', default: '2' },
    /** Servers that run side by side: as many as in `check --all`. */
    'at-once': { type: 'string', default: '3' },
    /** Only some answers: `01,02` for lessons, or parts of names. */
    lessons: { type: 'string', default: '' },
    /** Where to write the figures to. */
    json: { type: 'string' },
    /** Where to keep what was seen when a verdict was another than expected, or left something behind. */
    traces: { type: 'string', default: '.tmp/trust' },
  },
})

const traces = resolve(options.traces)
const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'bgtasks-trust-')))
// Every process inherits this: it is known by it, and so is what anybody leaves among the temporary files.
for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = temporary

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => stop.abort())

const answers = listAnswers(options.lessons.split(',').filter((part) => part !== ''))
const phases: Phase[] = []
try {
  await judgeAll({ name: 'idle', rounds: Number(options.idle), perCore: 0 })
  await judgeAll({ name: 'under load', rounds: Number(options.rounds), perCore: Number(options.load) })
} catch (error) {
  if (!stop.signal.aborted) throw error
} finally {
  const left = { processes: orphansOf(temporary), files: readdirSync(temporary) }
  rmSync(temporary, { recursive: true, force: true })
  console.log(renderReport(phases, left))
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ phases: phases.map(countsOf), left }, undefined, 2)}\n`)
  }
  process.exitCode = stop.signal.aborted ? 130 : isTrusted(phases, left) ? 0 : 1
}

interface Conditions {
  readonly name: string
  readonly rounds: number
  readonly perCore: number
}

async function judgeAll({ name, rounds, perCore }: Conditions): Promise<void> {
  if (rounds === 0) return
  const load = startLoad(perCore)
  const started = performance.now()
  const verdicts: TrustVerdict[] = []
  const waiting = Array.from({ length: rounds }, () => answers).flat()
  const total = waiting.length
  const afterwards: Promise<void>[] = []
  try {
    await Promise.all(Array.from({ length: Number(options['at-once']) }, work))
  } finally {
    // Nobody waits for the look after two seconds, but all have to be taken.
    await Promise.all(afterwards)
    await load.end()
    phases.push({ name, rounds, busyProcesses: load.count, ms: performance.now() - started, verdicts })
  }

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next && !stop.signal.aborted; next = waiting.shift()) {
      afterwards.push(lookAfter(next, await judgeOnce(next, stop.signal)))
    }
  }

  async function lookAfter(answer: TrustAnswer, { verdict, orphans }: JudgedOnce): Promise<void> {
    const whole = { ...verdict, orphans: await orphans() }
    verdicts.push(whole)
    if (whole.kind !== 'right' || whole.orphans.length > 0) keep(answer, whole)
    if (verdicts.length % 25 === 0) console.error(`${name}: ${verdicts.length} of ${total}`)
  }
}

function keep({ lesson, name }: TrustAnswer, verdict: TrustVerdict): void {
  mkdirSync(traces, { recursive: true })
  const file = join(traces, `${lesson.id}--${name.replaceAll('/', '--')}--${verdict.trace.nonce}.json`)
  writeFileSync(file, `${JSON.stringify(verdict, undefined, 2)}\n`)
  console.error(`${describe(verdict)} (${file})`)
}
