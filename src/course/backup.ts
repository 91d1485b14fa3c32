import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onDisk } from './disk-error.ts'
import type { LessonProgress } from './progress.ts'
import { stamp } from './stamp.ts'
import { copyTree, lookAt } from './tree.ts'

/** What stood at some paths before they were replaced. The files lie in `folder` under those paths. */
export interface Backup {
  /** The folder's name: the moment it was made. */
  readonly name: string
  readonly folder: string
  /** Counts up; dates alone would be wrong when the clock is set back. */
  readonly sequence: number
  readonly entries: readonly BackupEntry[]
  /** Progress in the lessons concerned; `null` where nothing was known. */
  readonly progress: Readonly<Record<string, LessonProgress | null>>
}

export interface BackupEntry {
  /** Relative to the sandbox, with forward slashes. */
  readonly path: string
  readonly was: 'present' | 'absent'
}

/** Complete on the disk when it returns, or not there at all. */
export function makeBackup(root: string, paths: readonly string[], progress: Backup['progress']): Backup {
  const backups = join(root, '.bgtasks', 'backups')
  return onDisk(`make a backup in ${backups}`, () => {
    const staged = join(backups, `.new-${process.pid}`)
    rmSync(staged, { recursive: true, force: true })
    mkdirSync(staged, { recursive: true })
    try {
      const entries = paths.map((path) => copyEntry(root, staged, path))
      const sequence = 1 + Math.max(0, ...listBackups(root).map((backup) => backup.sequence))
      const manifest = { schema: 1, sequence, entries, progress }
      writeFileSync(join(staged, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`, {
        flush: true,
      })
      const name = freeName(backups)
      const folder = join(backups, name)
      renameSync(staged, folder)
      return { name, folder, sequence, entries, progress }
    } finally {
      rmSync(staged, { recursive: true, force: true })
    }
  })
}

/** The newest first. Folders that are no whole backup are passed over. */
export function listBackups(root: string): readonly Backup[] {
  const backups = join(root, '.bgtasks', 'backups')
  if (!existsSync(backups)) return []
  const names = onDisk(`look into ${backups}`, () => readdirSync(backups))
  const found = names.map((name) => readBackup(backups, name)).filter((backup) => backup !== undefined)
  return found.sort((a, b) => b.sequence - a.sequence || (a.name < b.name ? 1 : -1))
}

const manifestName = 'backup.json'

function copyEntry(root: string, staged: string, path: string): BackupEntry {
  const from = join(root, path)
  if (lookAt(from) === undefined) return { path, was: 'absent' }
  // A path inside a folder that is backed up whole is there already.
  if (lookAt(join(staged, path)) === undefined) copyTree(from, join(staged, path))
  return { path, was: 'present' }
}

function freeName(backups: string): string {
  for (let moment = Date.now(); ; moment += 1) {
    const name = stamp(new Date(moment))
    if (!existsSync(join(backups, name))) return name
  }
}

function readBackup(backups: string, name: string): Backup | undefined {
  const folder = join(backups, name)
  try {
    const manifest = JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Omit<
      Backup,
      'name' | 'folder'
    >
    const { sequence, entries, progress } = manifest
    const gone = entries.some(
      ({ path, was }) => was === 'present' && lookAt(join(folder, path)) === undefined,
    )
    const whole = Number.isInteger(sequence) && typeof progress === 'object' && !gone && !name.startsWith('.')
    return whole ? { name, folder, sequence, entries, progress } : undefined
  } catch {
    return undefined
  }
}
