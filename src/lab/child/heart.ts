import { Worker } from 'node:worker_threads'
import type { GateWorkerData } from './gate-worker.ts'
import { type ChildCommand, heartbeatCell, sharedCells } from './setup.ts'

export interface Heart {
  readonly cells: Int32Array
  onSettle(listener: (id: number) => void): void
}

/** Starts the worker thread and the heartbeat it watches. Neither keeps the process alive. */
export function startHeart(gates: number, lessonDir: string): Heart {
  const shared = new SharedArrayBuffer(sharedCells(gates) * Int32Array.BYTES_PER_ELEMENT)
  const cells = new Int32Array(shared)
  const worker = new Worker(new URL('./gate-worker.js', import.meta.url), {
    workerData: { shared, gates, lessonDir } satisfies GateWorkerData,
    execArgv: [],
  })
  worker.unref()
  setInterval(() => Atomics.add(cells, heartbeatCell(gates), 1), 10).unref()
  return {
    cells,
    onSettle(listener) {
      worker.on('message', (command: ChildCommand) => {
        if (command.do === 'settle') listener(command.id)
      })
      worker.unref()
    },
  }
}
