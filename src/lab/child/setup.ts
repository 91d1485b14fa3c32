/** What the lab tells the learner's process, as JSON in one environment variable. */
export interface ChildSetup {
  /** The lesson folder, absolute, links resolved; the working directory of the learner's code. */
  readonly lessonDir: string
  /** Files to watch and to hold, relative to the lesson folder; a gate's number is its place here. */
  readonly watched: readonly string[]
  /** Others than the lab send the requests, to this port: the child tells what they asked and were answered. */
  readonly play?: { readonly port: number } | undefined
  /** Names this run among all others. */
  readonly run: string
}

export const setupVariable = 'BGTASKS_LAB'

/**
 * Stays in the environment, so that whatever the learner's code starts inherits it: by it, those are
 * found that left the process group.
 */
export const runVariable = 'BGTASKS_RUN'

/** What stands in the environment of each process of a run. */
export function markOf(run: string): string {
  return `${runVariable}=${run}`
}

/** File descriptors the child inherits: it writes events to one and reads commands from the other. */
export const eventsFd = 3
export const commandsFd = 4

/** How many 32-bit cells of the shared memory belong to one gate, and what each means. */
export const gateCells = 4
export const heldCell = 0
export const permitsCell = 1
export const changesCell = 2
/**
 * Sync writes pass although the gate is held. They stop the whole thread, so they are held only
 * while one reply is outstanding.
 */
export const syncOpenCell = 3

/**
 * Cells behind the gates': the main thread's heartbeat, how many threads a sync write stops on purpose,
 * and how many writes there were.
 */
export function heartbeatCell(gates: number): number {
  return gates * gateCells
}
export function stoppedCell(gates: number): number {
  return gates * gateCells + 1
}
export function writesCell(gates: number): number {
  return gates * gateCells + 2
}
export function sharedCells(gates: number): number {
  return gates * gateCells + 3
}

/** What each of the learner's worker threads finds under the name of the variable, in its environment data. */
export interface ThreadSetup {
  readonly lessonDir: string
  readonly watched: readonly string[]
  readonly cells: Int32Array
  /** It is made of a TypeScript file, which Node alone may not load. */
  readonly typescript: boolean
}

/** What the tool sends, a JSON line each. */
export type ChildCommand =
  | {
      readonly do: 'hold' | 'release' | 'release-one' | 'sync-open' | 'sync-close'
      readonly gate: number
      readonly id: number
    }
  | { readonly do: 'settle'; readonly id: number }
  | { readonly do: 'quit' }
