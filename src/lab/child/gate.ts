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

export function createGate(cells: Int32Array, number: number, gates: number): Gate {
  const base = number * gateCells
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  function mayPass(sync: boolean): boolean {
    if (Atomics.load(cells, base + heldCell) === 0) return true
    if (sync && Atomics.load(cells, base + syncOpenCell) === 1) return true
    if (Atomics.load(cells, base + permitsCell) === 0) return false
    Atomics.sub(cells, base + permitsCell, 1)
    return true
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
      await last
      waiting--
    },
    stop() {
      Atomics.store(cells, stoppedCell(gates), 1)
      for (;;) {
        const seen = Atomics.load(cells, base + changesCell)
        if (mayPass(true)) break
        Atomics.wait(cells, base + changesCell, seen)
      }
      Atomics.store(cells, stoppedCell(gates), 0)
    },
  }
}
