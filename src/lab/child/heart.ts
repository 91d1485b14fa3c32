import { Worker } from 'node:worker_threads'
import type { GateWorkerData } from './gate-worker.ts'
import { type ChildCommand, type ChildSetup, heartbeatCell, sharedCells } from './setup.ts'

export interface Heart {
  readonly cells: Int32Array
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
  worker.unref()
  const beat = () => void Atomics.add(cells, heartbeatCell(gates), 1)
  setInterval(beat, 10).unref()
  return {
    cells,
    beat,
    onSettle(listener) {
      worker.on('message', (command: ChildCommand) => {
        if (command.do === 'settle') listener(command.id)
      })
      worker.unref()
    },
  }
}
