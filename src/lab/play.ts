import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../check/define-check.ts'
import type { Trace, TraceEvent } from '../check/trace.ts'
import { createRecorder } from './recorder.ts'
import { freshNonce } from './run-probe.ts'
import { startServer } from './server.ts'
import { logName, seedLog, watchContent, watchLog } from './watched-files.ts'

export interface PlayOptions {
  readonly lessonDir: string
  readonly files?: Check['files']
  /** Of 127.0.0.1. Whoever asks for one has seen that it is free. */
  readonly port: number
  readonly signal: AbortSignal
  readonly onEvent: (event: TraceEvent) => void
  /** Told of what happened since the last time, whenever requests were answered and nothing more follows. */
  readonly onSettled: (trace: Trace) => void
}

/** A learner's server that stays up for others to send requests to. Whoever starts one must call `end`. */
export interface Play {
  /** `false` when the learner's code could not be brought up; the trace says why. */
  ready(): Promise<boolean>
  /** All so far. A reply's moment is when the server had handed it over. */
  trace(): Trace
  end(): Promise<void>
}

/** @throws LearnerError when log.txt cannot be used. */
export function startPlay({ files = [], port, signal, onEvent, onSettled, ...rest }: PlayOptions): Play {
  const lessonDir = realpathSync(rest.lessonDir)
  const nonce = freshNonce()
  const seed = seedLog(lessonDir, nonce)
  let recent: TraceEvent[] = []
  let settling = false
  const recorder = createRecorder(note)
  const log = watchLog(join(lessonDir, logName), seed, recorder)
  const watches = [log, ...files.map((file) => watchContent(lessonDir, file, recorder))]
  const server = startServer({
    lessonDir,
    watched: [logName, ...files],
    recorder,
    look,
    seedBytes: seed.length,
    lineCount: log.lineCount,
    signal,
    play: { port },
  })

  function look(): void {
    for (const watch of watches) watch.look()
  }

  function note(event: TraceEvent): void {
    recent.push(event)
    if (event.kind === 'exit') look()
    onEvent(event)
    if ((event.kind === 'reply' || event.kind === 'no-reply') && !settling) void settle()
    if (event.kind === 'idle' || (event.kind === 'exit' && !event.byLab)) conclude()
  }

  async function settle(): Promise<void> {
    settling = true
    try {
      await server.settles({ lines: 0 })
    } catch {
      // Only an abort ends this wait, and `signal` tells everybody else.
    } finally {
      settling = false
    }
  }

  function conclude(): void {
    const events = recent.toSorted((a, b) => a.at - b.at)
    recent = []
    onSettled({ nonce, events })
  }

  return {
    ready: server.ready,
    trace: () => ({ nonce, events: recorder.events() }),
    async end() {
      await server.end()
      for (const watch of watches) watch.stop()
      look()
    },
  }
}
