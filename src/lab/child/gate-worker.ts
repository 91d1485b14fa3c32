import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { findBlockedPlace } from './blocked-place.ts'
import { emit } from './channel.ts'
import {
  type ChildCommand,
  changesCell,
  commandsFd,
  gateCells,
  heartbeatCell,
  heldCell,
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
}

const { shared, gates, lessonDir } = workerData as GateWorkerData
const cells = new Int32Array(shared)

const commands = new Socket({ fd: commandsFd, readable: true, writable: false })
let rest = ''
commands.setEncoding('utf8')
commands.on('data', (chunk: string) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) obey(JSON.parse(line) as ChildCommand)
})
commands.on('error', endGroup)
commands.on('end', endGroup)

function obey(command: ChildCommand): void {
  if (command.do === 'quit') return endGroup()
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

/** The tool is gone or has no more use for this server: end it and whatever it started. */
function endGroup(): void {
  try {
    closeSync(commandsFd)
  } catch {
    // Closed already.
  }
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL')
}

const tickMs = 20
/** Shorter pauses are told of nowhere. */
const shortestStallMs = 200
/** When to look at what stands there. */
const lookMs = 500
/** When to say that it stands, though it may never end. */
const sayMs = 1500
let lastBeat = -1
let lastTick = performance.now()
let standingMs = 0
let looked = false
let said = false
let where: string | undefined

setInterval(() => {
  const tick = performance.now()
  // A late tick means that the machine is busy: it says nothing about the main thread.
  standingMs += Math.min(tick - lastTick, 2 * tickMs)
  lastTick = tick
  const beat = Atomics.load(cells, heartbeatCell(gates))
  if (beat !== lastBeat || Atomics.load(cells, stoppedCell(gates)) === 1) {
    if (standingMs >= shortestStallMs) emit('stall', { ms: Math.round(standingMs), where })
    lastBeat = beat
    standingMs = 0
    looked = false
    said = false
    where = undefined
    return
  }
  if (standingMs >= lookMs && !looked) {
    looked = true
    findBlockedPlace(lessonDir, (place) => (where = place))
  }
  if (standingMs >= sayMs && !said) {
    said = true
    emit('stall', { ms: Math.round(standingMs), lasting: true, where })
  }
}, tickMs)
