import childProcess from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import type { EventEmitter } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'
import workerThreads, { setEnvironmentData, type Worker } from 'node:worker_threads'
import { emit, now } from './channel.ts'
import { currentLabel, unfinishedRequests } from './labels.ts'
import { patch } from './patch.ts'
import { setupVariable, type ThreadSetup } from './setup.ts'
import { whereNow } from './where.ts'

/** The learner's child processes and worker threads. */
export interface HelperWatch {
  /** How many are alive, referenced or not. */
  alive(): number
  /** Tells the lab when each worker thread last had a word with the server, if it had one since. */
  tellWords(): void
}

/** Records what a task may wait for as for a timer, and lets worker threads see to their own writes. */
export function watchHelpers(setup: Omit<ThreadSetup, 'typescript'>): HelperWatch {
  const { lessonDir } = setup
  let alive = 0
  let lastId = 0
  const threads = new WeakMap<Worker, number>()
  const words = new Map<number, number>()

  const onProcess = (message: unknown) => {
    const { process: child } = message as { readonly process: EventEmitter }
    const id = ++lastId
    alive++
    emit('child-started', { id, ...begun(onProcess) })
    child.once('exit', () => {
      alive--
      emit('child-ended', { id })
    })
  }
  const onThread = (message: unknown) => {
    const { worker } = message as { readonly worker: Worker }
    const { threadId: id } = worker
    alive++
    emit('worker-started', { id, ...begun(onThread) })
    threads.set(worker, id)
  }
  // Before the learner's listeners, and without being one of them.
  patch(
    workerThreads.Worker.prototype,
    'emit',
    (original) =>
      function emitEvent(this: Worker, ...args: unknown[]) {
        const id = threads.get(this)
        if (id !== undefined && args[0] === 'message') words.set(id, now())
        if (id !== undefined && args[0] === 'exit') {
          alive--
          emit('worker-ended', { id })
        }
        return original.apply(this, args)
      },
  )
  const begun = (below: (...args: never[]) => unknown) => ({
    where: whereNow(lessonDir, below),
    port: currentLabel(),
    unfinished: unfinishedRequests(),
  })

  for (const name of ['spawnSync', 'execSync', 'execFileSync']) {
    patch(
      childProcess,
      name,
      (original) =>
        function runSync(...args: unknown[]) {
          const id = ++lastId
          emit('child-started', { id, sync: true, ...begun(runSync) })
          try {
            return original(...args)
          } finally {
            emit('child-ended', { id })
          }
        },
    )
  }
  subscribe('child_process', onProcess)
  subscribe('worker_threads', onThread)
  prepareThreads(setup)
  return {
    alive: () => alive,
    tellWords() {
      for (const [id, t] of words) emit('worker-message', { id, t })
      words.clear()
    },
  }
}

const preload = fileURLToPath(new URL('worker-thread.js', import.meta.url))

/** What runs first in a worker thread, whatever the learner's code is made of: a file, or a text. */
function prepareThreads(setup: Omit<ThreadSetup, 'typescript'>): void {
  workerThreads.Worker = new Proxy(workerThreads.Worker, {
    construct(target, [file, options = {}, ...rest]: unknown[], newTarget) {
      const given = options as { readonly execArgv?: unknown } | null
      const { execArgv = ['--enable-source-maps'] } = given ?? {}
      // What is no list is refused by Node.
      const prepared = Array.isArray(execArgv)
        ? { ...given, execArgv: [...(execArgv as unknown[]), '--require', preload] }
        : given
      const typescript = /\.[cm]?ts$/.test(String(file))
      setEnvironmentData(setupVariable, { ...setup, typescript } satisfies ThreadSetup)
      return Reflect.construct(target, [file, prepared, ...rest], newTarget) as Worker
    },
  })
  syncBuiltinESMExports()
}
