import { getEnvironmentData, threadId } from 'node:worker_threads'
import { createGates } from './gate.ts'
import { installLoader } from './loader.ts'
import { setupVariable, type ThreadSetup, writesCell } from './setup.ts'
import { watchFs } from './watch-fs.ts'
import { WriteWatch } from './watch-writes.ts'

/*
 * What runs first in each worker thread of the learner's: it writes to the same files, past the gates
 * of the server's own thread.
 */

const setup = getEnvironmentData(setupVariable) as unknown as ThreadSetup
const { lessonDir, watched, cells } = setup
// The two that brought this file here.
process.execArgv.splice(-2)

if (setup.typescript) installLoader({ lessonDir, tells: false })
watchFs(
  new WriteWatch({
    lessonDir,
    gates: createGates({ cells, watched, inThread: true }),
    freshId: () => Atomics.add(cells, writesCell(watched.length), 1) + 1,
    // Labels are known to the server's own thread alone.
    origin: () => ({ thread: threadId, unfinished: [] }),
  }),
)
