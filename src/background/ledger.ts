import type { DrainOptions, DrainResult } from './types.ts'

/** What one middleware still owes, over all its requests: counts only, so that it keeps nothing alive. */
export interface Ledger {
  /** Requests that are not answered yet. */
  requests: number
  /** Tasks that wait or run. */
  tasks: number
  /** Called, and forgotten, once both are 0. */
  readonly onEmpty: Set<() => void>
}

// A longer delay overflows Node's timers, which then fire at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1

export function createLedger(): Ledger {
  return { requests: 0, tasks: 0, onEmpty: new Set() }
}

/** `count` more, or fewer when negative. */
export function countRequests(ledgers: Iterable<Ledger>, count: number): void {
  for (const ledger of ledgers) {
    ledger.requests += count
    announceIfEmpty(ledger)
  }
}

/** `count` more, or fewer when negative. */
export function countTasks(ledgers: Iterable<Ledger>, count: number): void {
  for (const ledger of ledgers) {
    ledger.tasks += count
    announceIfEmpty(ledger)
  }
}

export async function drain(ledger: Ledger, { timeoutMs = 10_000 }: DrainOptions = {}): Promise<DrainResult> {
  if (!(timeoutMs >= 0)) throw new RangeError(`timeoutMs must be a number from 0 up, but is ${timeoutMs}`)
  if (!isEmpty(ledger)) await emptyOrLate(ledger, timeoutMs)
  return { drained: isEmpty(ledger), left: ledger.tasks }
}

function isEmpty(ledger: Ledger): boolean {
  return ledger.requests === 0 && ledger.tasks === 0
}

function announceIfEmpty(ledger: Ledger): void {
  if (ledger.onEmpty.size === 0 || !isEmpty(ledger)) return
  for (const callback of ledger.onEmpty) callback()
  ledger.onEmpty.clear()
}

function emptyOrLate(ledger: Ledger, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    // Not unreferenced: a task that waits for nothing must still be reported as left when the time is up.
    const timer = timeoutMs <= LONGEST_TIMER_MS ? setTimeout(late, timeoutMs) : undefined
    ledger.onEmpty.add(empty)
    function empty(): void {
      clearTimeout(timer)
      resolve()
    }
    function late(): void {
      ledger.onEmpty.delete(empty)
      resolve()
    }
  })
}
