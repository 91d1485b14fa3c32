import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** An editor's burst (a temporary file, a rename, a formatter) is over after so long without an event. */
const settleMs = 100
/** How often to look where no events come: network drives, WSL, containers. */
const lookMs = 700

/** What a learner writes; not what a server does, nor an editor's leftovers (`app.ts~`, `.app.ts.swp`). */
const source = /\.(?:[cm]?[jt]sx?|json)$/

export interface SaveOptions {
  /** The lesson folder. */
  readonly folder: string
  /** Files that the server writes, relative to the folder; looked up each time. */
  readonly notSaves: ReadonlySet<string>
  /** Once the files have come to rest; `file` is one of those that changed. */
  readonly onSave: (file: string) => void
}

/**
 * Tells of changes in a lesson's files. What counts is what a look at the files finds; the system's
 * events only say when to look, so where they do not come a save is seen a little later.
 */
export function watchSaves({ folder, notSaves, onSave }: SaveOptions): { close(): void } {
  let known = stampsOf(folder)
  let timer = setTimeout(look, lookMs)
  const events = watchFolder(folder, (file) => {
    if (file === null || (source.test(file) && !notSaves.has(file))) soon()
  })

  function soon(): void {
    clearTimeout(timer)
    timer = setTimeout(tell, settleMs)
  }

  function look(): void {
    if (changes().length > 0) soon()
    else later()
  }

  function tell(): void {
    const [file] = changes()
    known = stampsOf(folder)
    later()
    if (file !== undefined) onSave(file)
  }

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(look, lookMs)
  }

  function changes(): readonly string[] {
    const now = stampsOf(folder)
    const files = new Set([...known.keys(), ...now.keys()])
    return [...files].filter((file) => !notSaves.has(file) && known.get(file) !== now.get(file))
  }

  return {
    close() {
      clearTimeout(timer)
      events?.close()
    },
  }
}

/** `undefined` where the system has no events to give, or no more of them. */
function watchFolder(folder: string, changed: (file: string | null) => void): FSWatcher | undefined {
  try {
    const events = watch(folder, (_, file) => changed(file))
    events.on('error', () => events.close())
    return events
  } catch {
    return undefined
  }
}

/** Each source file with what changes when it is saved. */
function stampsOf(folder: string): ReadonlyMap<string, string> {
  return new Map(
    sourcesIn(folder).flatMap((path) => {
      const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
      if (stat === undefined) return []
      const stamp = `${stat.ino} ${stat.size} ${stat.mtimeNs}`
      return [[relative(folder, path).replaceAll(sep, '/'), stamp] as const]
    }),
  )
}

function sourcesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') return []
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return sourcesIn(path)
      return source.test(entry.name) ? [path] : []
    })
  } catch {
    // Gone, or never there.
    return []
  }
}
