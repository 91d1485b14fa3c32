import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LearnerError } from '../check/learner-error.ts'
import { errorCode, onDisk } from './disk-error.ts'
import { withLock } from './lock.ts'

/** How often whoever runs a lesson shows that it is alive, and how often whoever waits looks. */
const pulseMs = 1_000
const lookMs = 100
/** One that has shown nothing for this long was stopped, or its number belongs to another program by now. */
const abandonedAfterMs = 10_000

export interface RunLock {
  readonly root: string
  readonly lessonId: string
  /** How long to wait for another one's end. */
  readonly waitMs: number
  readonly signal?: AbortSignal | undefined
  /** Told once, with the id of the process that has to be waited for. */
  readonly onWait: (pid: number) => void
}

/**
 * Runs `action` while no other process of ours runs the same lesson's code in this sandbox: two
 * servers would write the same log. Who comes second waits, but not for ever.
 *
 * @throws LearnerError when the other one does not end, or took this one for dead.
 */
export async function withRunLock<T>(lock: RunLock, action: () => Promise<T>): Promise<T> {
  const file = join(lock.root, '.bgtasks', `running-${lock.lessonId}`)
  const own = `${process.pid} ${hostname()} ${randomUUID()}`
  await acquire(lock, file, own)
  let lastPulse = performance.now()
  let wasStopped = false
  const pulse = setInterval(() => {
    wasStopped ||= performance.now() - lastPulse > abandonedAfterMs
    lastPulse = performance.now()
    touch(file, own)
  }, pulseMs)
  try {
    const result = await action()
    const holder = read(file)
    // Whoever deletes .bgtasks meanwhile is another matter.
    if (holder === undefined ? wasStopped : holder !== own) throw takenOver()
    return result
  } finally {
    clearInterval(pulse)
    release(file, own)
  }
}

async function acquire(lock: RunLock, file: string, own: string): Promise<void> {
  const { waitMs, signal, onWait } = lock
  const started = performance.now()
  let last = ''
  let lastAt = started
  let told = false
  const isAbandoned = (sign: string) => sign === last && performance.now() - lastAt > abandonedAfterMs
  for (;;) {
    const holder = tryTake({ file, own, isAbandoned })
    if (holder === undefined) return
    const pid = Number.parseInt(holder, 10)
    if (performance.now() - started > waitMs) throw stillRunning(pid, lock)
    if (!told) onWait(pid)
    told = true
    // Its age is measured here and not read from the file, whose clock may be that of a network drive.
    if (holder !== last) {
      last = holder
      lastAt = performance.now()
    }
    await delay(lookMs, undefined, signal ? { signal } : {})
  }
}

interface Taking {
  readonly file: string
  readonly own: string
  readonly isAbandoned: (sign: string) => boolean
}

/** `undefined` when the lock is ours now, else the sign of life of whoever has it. */
function tryTake({ file, own, isAbandoned }: Taking): string | undefined {
  return onDisk(`write ${file}`, () => {
    mkdirSync(dirname(file), { recursive: true })
    // Looked at and taken in one go, so that of several who find it abandoned one takes it.
    return withLock(`${file}.lock`, () => {
      const holder = read(file)
      const sign = `${holder} ${stampOf(file)}`
      if (holder !== undefined && !isDead(holder) && !isAbandoned(sign)) return sign
      writeFileSync(file, own)
      return undefined
    })
  })
}

function release(file: string, own: string): void {
  try {
    withLock(`${file}.lock`, () => {
      if (read(file) === own) rmSync(file, { force: true })
    })
  } catch (error) {
    // Whoever deleted .bgtasks meanwhile has done it.
    if (errorCode(error) !== 'ENOENT') throw error
  }
}

/** Only this machine's processes can be asked; of another's, as on a shared disk, the pulse tells. */
function isDead(holder: string): boolean {
  const [pid, host] = holder.split(' ')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return errorCode(error) === 'ESRCH'
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function stampOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function touch(file: string, own: string): void {
  try {
    if (read(file) === own) utimesSync(file, new Date(), new Date())
  } catch {
    // Gone: it is looked at when the run has ended.
  }
}

function stillRunning(pid: number, { waitMs, lessonId }: RunLock): LearnerError {
  return new LearnerError(
    `This lesson is still being checked by another bgtasks-learn (process ${pid}), after ${waitMs / 1000} s of waiting.`,
    {
      hint: `Let it end, or end it where it runs. Then \`bgtasks-learn check ${lessonId}\`.`,
    },
  )
}

function takenOver(): LearnerError {
  return new LearnerError('While this check stood still, another one of the same lesson took its place.', {
    hint: 'Nothing was judged. Run the same command again.',
  })
}
