import { statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { LearnerError } from '../check/learner-error.ts'
import { listBackups, makeBackup, type Backup } from './backup.ts'
import { describeDiskError, onDisk } from './disk-error.ts'
import { startersRoot } from './package-root.ts'
import { readProgress } from './progress-file.ts'
import { untouched, updateProgress, type LessonProgress } from './progress.ts'
import { starterFiles } from './starter.ts'
import { lookAt, replaceTree, sameTree } from './tree.ts'

export interface Replaced {
  /** What changed, relative to the sandbox, with forward slashes. */
  readonly paths: readonly string[]
  /** Holds what stood there before. */
  readonly backup: Backup
}

/** What a reset of these lessons would replace: empty when they are as they were given. */
export function changedFiles(root: string, lessonIds: readonly string[]): readonly string[] {
  return differing(root, starterChanges(root, lessonIds)).map(({ path }) => path)
}

/**
 * The starters again, the lessons pending again. What is replaced is in a complete backup before the
 * first file changes; files that the learner added stay. `undefined` when nothing differs.
 */
export function resetLessons(root: string, lessonIds: readonly string[]): Replaced | undefined {
  const pending = Object.fromEntries(lessonIds.map((id) => [id, untouched]))
  return replace(root, starterChanges(root, lessonIds), pending)
}

/** `undefined` when everything is as it was then. Undoing is a replacement like any other: it can be undone. */
export function undo(root: string, backup: Backup, lessonId?: string): Replaced | undefined {
  const entries = backup.entries.filter(({ path }) => lessonId === undefined || concerns(path, lessonId))
  const changes = entries.map(({ path, was }) => ({
    path,
    from: was === 'present' ? join(backup.folder, path) : undefined,
  }))
  const progress = Object.entries(backup.progress).filter(([id]) => lessonId === undefined || id === lessonId)
  return replace(root, changes, Object.fromEntries(progress))
}

/** The last replacement, or the last that concerned the lesson; a `LearnerError` when there was none. */
export function lastBackup(root: string, lessonId?: string): Backup {
  const backup = listBackups(root).find(
    ({ entries }) => lessonId === undefined || entries.some(({ path }) => concerns(path, lessonId)),
  )
  if (backup !== undefined) return backup
  throw new LearnerError(
    `There is nothing to undo: ${lessonId === undefined ? 'nothing in this sandbox was ever reset' : `${lessonId} was never reset`}.`,
    {
      hint: 'Every reset keeps what it replaces in .bgtasks/backups, from where --undo brings it back.',
    },
  )
}

interface Change {
  readonly path: string
  /** Absolute, to be copied; absent when the path is to be removed. */
  readonly from: string | undefined
}

function starterChanges(root: string, lessonIds: readonly string[]): readonly Change[] {
  return lessonIds.flatMap((id) => [
    ...(isInTheWay(join(root, id)) ? [{ path: id, from: undefined }] : []),
    // Beside app.ts it would be one entry too many, so of all that the learner added it cannot stay.
    { path: `${id}/app.js`, from: undefined },
    ...starterFiles(id).map((file) => ({ path: file.replaceAll(sep, '/'), from: join(startersRoot, file) })),
  ])
}

function differing(root: string, changes: readonly Change[]): readonly Change[] {
  return onDisk(`compare the files in ${root}`, () =>
    changes.filter(({ path, from }) => !sameTree(from, join(root, path))),
  )
}

function replace(
  root: string,
  changes: readonly Change[],
  progress: Backup['progress'],
): Replaced | undefined {
  const due = differing(root, changes)
  const { lessons } = readProgress(root).progress
  const before = Object.fromEntries(Object.keys(progress).map((id) => [id, lessons[id] ?? null]))
  if (due.length === 0) {
    setProgress(root, progress)
    return undefined
  }
  const paths = due.map(({ path }) => path)
  const backup = makeBackup(root, paths, before)
  try {
    for (const { path, from } of inOrder(due)) replaceTree(from, join(root, path))
    setProgress(root, progress)
  } catch (error) {
    const reason = describeDiskError(error, 'write all files')
    throw new LearnerError(reason instanceof Error ? reason.message : String(reason), {
      hint: `Nothing is lost: what stood there is in ${backup.folder}. Then run the same command again.`,
      cause: error,
    })
  }
  return { paths, backup }
}

/** What goes makes room for what comes; folders come before what is in them. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const going = changes.filter(({ from }) => from === undefined)
  const coming = changes.filter(({ from }) => from !== undefined)
  return [...going, ...coming.sort((a, b) => (a.path < b.path ? -1 : 1))]
}

function setProgress(root: string, progress: Backup['progress']): void {
  updateProgress(root, (before) => {
    const merged: Record<string, LessonProgress | null> = { ...before.lessons, ...progress }
    const known = Object.entries(merged).filter(
      (entry): entry is [string, LessonProgress] => entry[1] !== null,
    )
    return { ...before, lessons: Object.fromEntries(known) }
  })
}

function concerns(path: string, lessonId: string): boolean {
  return path === lessonId || path.startsWith(`${lessonId}/`)
}

/** A link to a folder is a folder. */
function isInTheWay(path: string): boolean {
  return lookAt(path) !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true
}
