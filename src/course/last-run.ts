import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sync as writeFileAtomic } from 'write-file-atomic'
import type { Trace } from '../check/trace.ts'
import { onDisk } from './disk-error.ts'

/** The trace of the check before, so that the next one can show what has changed. */
export function readLastRun(root: string, lessonId: string): Trace | undefined {
  try {
    const run = JSON.parse(readFileSync(lastRunFile(root, lessonId), 'utf8')) as Trace
    return Array.isArray(run.events) ? run : undefined
  } catch {
    // None yet, or damaged: nothing is lost by drawing without it.
    return undefined
  }
}

export function keepRun(root: string, lessonId: string, trace: Trace): void {
  const file = lastRunFile(root, lessonId)
  onDisk(`write ${file}`, () => {
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileAtomic(file, JSON.stringify(trace))
  })
}

function lastRunFile(root: string, lessonId: string): string {
  return join(root, '.bgtasks', 'last-runs', `${lessonId}.json`)
}
