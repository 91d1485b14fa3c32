import { randomInt } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from '../check/define-check.ts'
import type { Probe } from '../check/probe.ts'
import type { Trace, TraceEvent } from '../check/trace.ts'
import { reportOtherFiles } from './other-files.ts'
import { probeTools } from './probe-tools.ts'
import { createRecorder } from './recorder.ts'
import { startServer } from './server.ts'
import { logName, seedLog, watchContent, watchLog } from './watched-files.ts'

export interface RunOptions {
  readonly lessonDir: string
  readonly files?: Check['files']
  readonly probe: Probe
  /** Aborting ends the server and rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Told of each event as it is recorded, not quite in the order of time. */
  readonly onEvent?: ((event: TraceEvent) => void) | undefined
}

/**
 * Runs a probe against the server in a lesson folder and returns all that happened. When it settles,
 * no process of the server's is left.
 *
 * @throws LearnerError when log.txt cannot be used.
 */
export async function runProbe(options: RunOptions): Promise<Trace> {
  const lessonDir = realpathSync(options.lessonDir)
  const { files = [], probe, signal, onEvent } = options
  const nonce = freshNonce()
  const seed = seedLog(lessonDir, nonce)
  const recorder = createRecorder(onEvent)
  const log = watchLog(join(lessonDir, logName), seed, recorder)
  const watches = [log, ...files.map((file) => watchContent(lessonDir, file, recorder))]
  const look = () => {
    for (const watch of watches) watch.look()
  }
  const watched = [logName, ...files]
  const server = startServer({
    lessonDir,
    watched,
    recorder,
    look,
    seedBytes: seed.length,
    lineCount: log.lineCount,
    signal,
  })
  try {
    if (await server.ready()) {
      await probe(probeTools({ server, recorder, nonce, watched }))
    }
  } finally {
    await server.end()
    for (const watch of watches) watch.stop()
  }
  look()
  log.snapshot()
  reportOtherFiles({ lessonDir, nonce, watched, recorder })
  return { nonce, events: recorder.events() }
}

/** Short, so that a learner can read the lines it stands in. */
export function freshNonce(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz'
  return Array.from({ length: 6 }, () => letters[randomInt(letters.length)]).join('')
}
