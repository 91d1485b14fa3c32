import { accessSync, constants, existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onDisk } from './disk-error.ts'
import { course } from './lessons.ts'
import { packageLinks, type PackageLink } from './links.ts'

/** Throws the `LearnerError` that the first write would meet; leaves nothing behind. */
export function tryWriting(folder: string): void {
  if (!existsSync(folder)) {
    // It would be made, so what counts is the nearest folder that is there.
    let parent = dirname(folder)
    while (!existsSync(parent) && parent !== dirname(parent)) parent = dirname(parent)
    onDisk(`make ${folder}`, () => accessSync(parent, constants.W_OK | constants.X_OK))
    return
  }
  const trial = join(folder, `.bgtasks-trial-${process.pid}`)
  onDisk(`write into ${folder}`, () => {
    try {
      // More than a name, so that a full disk shows.
      writeFileSync(trial, Buffer.alloc(4096))
    } finally {
      rmSync(trial, { force: true })
    }
  })
}

/** The links into the tool's packages that the next command has to mend. */
export function brokenLinks(root: string): readonly PackageLink[] {
  return packageLinks(root).filter(({ state }) => state === 'absent')
}

/** The lessons whose log.txt is a folder, so that no server can write it. */
export function blockedLogs(root: string): readonly string[] {
  const logs = course.map(({ id }) => `${id}/log.txt`)
  return logs.filter((log) => statSync(join(root, log), { throwIfNoEntry: false })?.isDirectory())
}
