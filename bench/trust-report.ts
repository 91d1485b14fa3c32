import type { TrustVerdict } from './trust-judging.ts'

/** All verdicts that were reached under the same conditions. */
export interface Phase {
  readonly name: string
  readonly rounds: number
  /** How many processes did nothing but keep the machine busy. */
  readonly busyProcesses: number
  readonly ms: number
  readonly verdicts: readonly TrustVerdict[]
}

/** What is there when all is done, and should not be. */
export interface Left {
  readonly processes: readonly string[]
  readonly files: readonly string[]
}

/** As many verdicts in a hundred may be undecided. */
const mostInconclusive = 1

export function isTrusted(phases: readonly Phase[], { processes, files }: Left): boolean {
  const judged = phases.map(countsOf)
  return (
    processes.length + files.length === 0 &&
    judged.every(({ wrong, orphans }) => wrong + orphans === 0) &&
    judged.every(
      ({ verdicts, inconclusive }) => inconclusive * 100 < verdicts * mostInconclusive || verdicts === 0,
    )
  )
}

interface Counts {
  readonly name: string
  readonly rounds: number
  readonly busyProcesses: number
  readonly seconds: number
  readonly verdicts: number
  readonly wrong: number
  readonly inconclusive: number
  /** Verdicts after which something was left. */
  readonly orphans: number
  /** Of a single verdict, in seconds. */
  readonly slowest: number
  /** In percent: how much of the time not even the lab itself could run. */
  readonly starved: number
}

export function countsOf({ name, rounds, busyProcesses, ms, verdicts }: Phase): Counts {
  const count = (kind: TrustVerdict['kind']) => verdicts.filter((verdict) => verdict.kind === kind).length
  const sum = (of: (verdict: TrustVerdict) => number) =>
    verdicts.reduce((total, verdict) => total + of(verdict), 0)
  const longest = verdicts.reduce((most, verdict) => Math.max(most, verdict.ms), 0)
  return {
    name,
    rounds,
    busyProcesses,
    seconds: Math.round(ms / 1000),
    verdicts: verdicts.length,
    wrong: count('wrong'),
    inconclusive: count('inconclusive'),
    orphans: verdicts.filter(({ orphans }) => orphans.length > 0).length,
    slowest: Math.round(longest / 100) / 10,
    starved:
      Math.round(
        (1000 * sum((verdict) => verdict.busyMs)) /
          Math.max(
            1,
            sum((verdict) => verdict.ms),
          ),
      ) / 10,
  }
}

export function renderReport(phases: readonly Phase[], left: Left): string {
  const head = [
    '',
    'busy',
    'rounds',
    'verdicts',
    'wrong',
    'inconclusive',
    'orphans',
    'slowest',
    'starved',
    'time',
  ]
  const rows = phases
    .map(countsOf)
    .map((counts) => [
      counts.name,
      counts.busyProcesses,
      counts.rounds,
      counts.verdicts,
      counts.wrong,
      counts.inconclusive,
      counts.orphans,
      `${counts.slowest} s`,
      `${counts.starved} %`,
      `${counts.seconds} s`,
    ])
  const table = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
  const leftovers = [...left.processes, ...left.files.map((file) => `temporary file ${file}`)]
  const others = phases
    .flatMap(({ verdicts }) => verdicts)
    .filter(({ kind, orphans }) => kind !== 'right' || orphans.length > 0)
  return [...lines, ...others.map(describe), ...leftovers.map((each) => `Left at the end: ${each}`)].join(
    '\n',
  )
}

export function describe({ answer, kind, got, expected, orphans }: TrustVerdict): string {
  const left = orphans.length === 0 ? '' : `; left: ${orphans.join(', ')}`
  return kind === 'right' ? `${answer}${left}` : `${kind}: ${answer}: ${got}; expected: ${expected}${left}`
}
