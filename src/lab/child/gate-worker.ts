import { Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { findBlockedPlace } from './blocked-place.ts'
import { emit } from './channel.ts'
import { killProcessesWith, killTree } from './process-table.ts'
import {
  type ChildCommand,
  changesCell,
  commandsFd,
  gateCells,
  heartbeatCell,
  heldCell,
  markOf,
  permitsCell,
  stoppedCell,
  syncOpenCell,
} from './setup.ts'

/*
 * A thread of its own, so that the gates move, stalls are seen and the tool's death is noticed
 * even while the learner's code never returns to its event loop.
 */

export interface GateWorkerData {
  readonly shared: SharedArrayBuffer
  readonly gates: number
  readonly lessonDir: string
  readonly run: string
}

const { shared, gates, lessonDir, run } = workerData as GateWorkerData
const cells = new Int32Array(shared)

const commands = new Socket({ fd: commandsFd, readable: true, writable: false })
let rest = ''
commands.setEncoding('utf8')
commands.on('data', (chunk: string) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) obey(JSON.parse(line) as ChildCommand)
})
commands.on('error', endAll)
commands.on('end', endAll)

function obey(command: ChildCommand): void {
  // What has left the group is found by the tool, which lives.
  if (command.do === 'quit') return killTree(process.pid)
  if (command.do === 'settle') {
    parentPort?.postMessage(command)
    return
  }
  const base = command.gate * gateCells
  if (command.do === 'hold') {
    Atomics.store(cells, base + permitsCell, 0)
    Atomics.store(cells, base + syncOpenCell, 1)
    Atomics.store(cells, base + heldCell, 1)
  } else if (command.do === 'release') {
    Atomics.store(cells, base + heldCell, 0)
  } else if (command.do === 'release-one') {
    Atomics.add(cells, base + permitsCell, 1)
  } else {
    Atomics.store(cells, base + syncOpenCell, command.do === 'sync-open' ? 1 : 0)
  }
  Atomics.add(cells, base + changesCell, 1)
  Atomics.notify(cells, base + changesCell)
  emit('done', { id: command.id })
}

/** The tool is gone, and nobody else is left to end whatever this server started; itself last. */
function endAll(): void {
  killProcessesWith(markOf(run))
  killTree(process.pid)
}

const tickMs = 20
/** Shorter pauses are told of nowhere. */
const shortestStallMs = 200
/** When to look at what stands there. */
const lookMs = 500
/** When to say that it stands, though it may never end: as soon as a verdict may rest on it. */
const sayMs = 1000
/** So often this thread has to have run meanwhile: else the machine is busy, or was asleep. */
const leastTicks = 10
let lastBeat = -1
let lastTick = performance.now()
let standing = atRest()

interface Standing {
  /** How long the main thread has shown no sign of life, and how often this one looked. */
  ms: number
  ticks: number
  looked: boolean
  said: boolean
  where: string | undefined
}

function atRest(): Standing {
  return { ms: 0, ticks: 0, looked: false, said: false, where: undefined }
}

setInterval(() => {
  const tick = performance.now()
  standing.ms += tick - lastTick
  standing.ticks++
  lastTick = tick
  const { ms, ticks, where } = standing
  const beat = Atomics.load(cells, heartbeatCell(gates))
  // The server may stand and wait for another thread that is stopped.
  if (beat !== lastBeat || Atomics.load(cells, stoppedCell(gates)) > 0) {
    if (ms >= shortestStallMs && ticks >= leastTicks) emit('stall', { ms: Math.round(ms), where })
    lastBeat = beat
    standing = atRest()
    return
  }
  if (ms >= lookMs && !standing.looked) {
    standing.looked = true
    const current = standing
    findBlockedPlace(lessonDir, (place) => (current.where = place))
  }
  if (ms >= sayMs && ticks >= leastTicks && !standing.said) {
    standing.said = true
    emit('stall', { ms: Math.round(ms), lasting: true, where })
  }
}, tickMs)
