import { changesCell, gateCells, heldCell, permitsCell, stoppedCell, syncOpenCell } from './setup.ts'

/**
 * The gate that writes to one watched file pass. The worker thread moves it through shared memory,
 * so that it opens even while the main thread stands still in front of it.
 */
export interface Gate {
  /** Whether a write may pass at once; takes a permit if that is why. */
  tryPass(sync: boolean): boolean
  /** Resolves when this write's turn has come: waiting writes pass in the order they arrived. */
  turn(): Promise<void>
  /** Stops the thread until a sync write may pass. */
  stop(): void
}

interface GateOptions {
  readonly cells: Int32Array
  /** Whose files have a gate each, in this order. */
  readonly watched: readonly string[]
  /** A worker thread is in front of it, which would end while its write waits; the server does not. */
  readonly inThread: boolean
}

/** The gates by their files. Every thread has its own, and the cells are shared. */
export function createGates(options: GateOptions): ReadonlyMap<string, Gate> {
  return new Map(options.watched.map((file, number) => [file, createGate(number, options)]))
}

function createGate(number: number, { cells, watched, inThread }: GateOptions): Gate {
  const base = number * gateCells
  const stopped = stoppedCell(watched.length)
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  function mayPass(sync: boolean): boolean {
    if (Atomics.load(cells, base + heldCell) === 0) return true
    if (sync && Atomics.load(cells, base + syncOpenCell) === 1) return true
    return takePermit()
  }

  /** Two threads may see the same one: one of them gets it. */
  function takePermit(): boolean {
    for (;;) {
      const permits = Atomics.load(cells, base + permitsCell)
      if (permits === 0) return false
      if (Atomics.compareExchange(cells, base + permitsCell, permits, permits - 1) === permits) return true
    }
  }

  async function pass(): Promise<void> {
    for (;;) {
      const seen = Atomics.load(cells, base + changesCell)
      if (mayPass(false)) return
      await Atomics.waitAsync(cells, base + changesCell, seen).value
    }
  }

  return {
    tryPass: (sync) => (sync || waiting === 0) && mayPass(sync),
    async turn() {
      waiting++
      last = last.then(pass)
      const alive = inThread ? setInterval(() => undefined, longestTimerMs) : undefined
      await last
      clearInterval(alive)
      waiting--
    },
    stop() {
      Atomics.add(cells, stopped, 1)
      for (;;) {
        const seen = Atomics.load(cells, base + changesCell)
        if (mayPass(true)) break
        Atomics.wait(cells, base + changesCell, seen)
      }
      Atomics.sub(cells, stopped, 1)
    },
  }
}

const longestTimerMs = 2 ** 31 - 1
