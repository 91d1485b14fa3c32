import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { GateWorkerData } from './gate-worker.ts'
import { type ChildCommand, type ChildSetup, heartbeatCell, sharedCells } from './setup.ts'

export interface Heart {
  readonly cells: Int32Array
  /** The thread that watches is up. */
  readonly watching: Promise<unknown>
  onSettle(listener: (id: number) => void): void
  /** The main thread has got on, though none of its timers had a turn. */
  beat(): void
}

/** Starts the worker thread and the heartbeat it watches. Neither keeps the process alive. */
export function startHeart({ lessonDir, watched, run }: ChildSetup): Heart {
  const gates = watched.length
  const shared = new SharedArrayBuffer(sharedCells(gates) * Int32Array.BYTES_PER_ELEMENT)
  const cells = new Int32Array(shared)
  const worker = new Worker(new URL('./gate-worker.js', import.meta.url), {
    workerData: { shared, gates, lessonDir, run } satisfies GateWorkerData,
    execArgv: [],
  })
  // Until it is up, it keeps the process waiting; from then on nothing of ours does.
  const watching = once(worker, 'online').then(() => worker.unref())
  const beat = () => void Atomics.add(cells, heartbeatCell(gates), 1)
  setInterval(beat, 10).unref()
  return {
    cells,
    watching,
    beat,
    onSettle(listener) {
      worker.on('message', (command: ChildCommand) => {
        if (command.do === 'settle') listener(command.id)
      })
      worker.unref()
    },
  }
}
