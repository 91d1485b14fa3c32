import { lstatSync, readFileSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import { LearnerError } from '../check/learner-error.ts'
import { errorCode, onDisk } from './disk-error.ts'
import type { LessonProgress, Progress } from './progress.ts'
import { stamp } from './stamp.ts'

const schema = 1

/** `migrations[n]` turns what schema n+1 held into what schema n+2 holds. */
const migrations: readonly ((older: Record<string, unknown>) => Record<string, unknown>)[] = []

const empty: Progress = { schema, lessons: {} }

export interface ProgressReading {
  readonly progress: Progress
  /** The file could not be read as it stands; `progress` is what could be saved of it. */
  readonly damaged: boolean
}

export function progressFile(root: string): string {
  return join(root, '.bgtasks', 'progress.json')
}

/** Changes nothing on disk. A file of a newer version is a `LearnerError`: writing it would lose what we do not know. */
export function readProgress(root: string): ProgressReading {
  const file = progressFile(root)
  const text = readText(file)
  if (text === undefined) return { progress: empty, damaged: false }
  if (text.kind === 'folder') return { progress: empty, damaged: true }
  const data = parse(text.text)
  if (!isRecord(data) || !Number.isInteger(data['schema']) || !isRecord(data['lessons'])) {
    return { progress: { schema, lessons: salvage(text.text) }, damaged: true }
  }
  refuseNewer(data['schema'] as number, file)
  const migrated = migrations
    .slice((data['schema'] as number) - 1)
    .reduce((older, migrate) => migrate(older), data)
  const entries = Object.entries(migrated['lessons'] as Record<string, unknown>)
  const sound = entries.filter((entry): entry is [string, LessonProgress] => isLessonProgress(entry[1]))
  return { progress: { schema, lessons: Object.fromEntries(sound) }, damaged: sound.length < entries.length }
}

/** Renames the damaged file; answers with the new name. */
export function setAside(file: string): string {
  const aside = file.replace(/\.json$/, `.damaged-${stamp()}.json`)
  onDisk(`set the damaged ${basename(file)} aside`, () => renameSync(file, aside))
  return aside
}

type Text = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'folder' }

function readText(file: string): Text | undefined {
  return onDisk(`read ${file}`, () => {
    if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory()) return { kind: 'folder' }
    try {
      return { kind: 'text', text: readFileSync(file, 'utf8') }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined
      throw error
    }
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refuseNewer(found: number, file: string): void {
  if (found <= schema) return
  throw new LearnerError(
    `${file} was written by a newer bgtasks-learn (its schema is ${found}, ours is ${schema}).`,
    {
      hint: 'Update with `npm install bgtasks-learn@latest`, or use another sandbox with --dir <folder>.',
    },
  )
}

/** The passes that can still be read in a file that was cut off or edited by hand. */
function salvage(text: string): Record<string, LessonProgress> {
  const passes = text.matchAll(/"(\d\d-[a-z0-9-]+)"\s*:\s*\{[^{}]*?"passedAt"\s*:\s*"([^"]+)"/g)
  const entries = [...passes].map(
    ([, id, passedAt]) => [id!, { passedAt: passedAt!, failures: 0, hints: 0 }] as const,
  )
  return Object.fromEntries(entries.filter(([, entry]) => isLessonProgress(entry)))
}

function isLessonProgress(value: unknown): value is LessonProgress {
  if (!isRecord(value)) return false
  const { passedAt, failures, hints } = value
  const dated =
    passedAt === undefined || (typeof passedAt === 'string' && !Number.isNaN(Date.parse(passedAt)))
  return dated && isCount(failures) && isCount(hints)
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
