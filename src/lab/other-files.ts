import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Recorder } from './recorder.ts'

interface OtherFiles {
  readonly lessonDir: string
  readonly nonce: string
  readonly watched: readonly string[]
  readonly recorder: Recorder
}

const largest = 1024 * 1024

/** Records the files beside the log that hold what this run sent: a line may have gone astray. */
export function reportOtherFiles({ lessonDir, nonce, watched, recorder }: OtherFiles): void {
  for (const folder of ['.', '..']) {
    for (const entry of readdirSync(join(lessonDir, folder), { withFileTypes: true })) {
      const file = folder === '.' ? entry.name : `${folder}/${entry.name}`
      if (!entry.isFile() || watched.includes(file)) continue
      const path = join(lessonDir, file)
      if (statSync(path).size > largest) continue
      const text = readFileSync(path, 'utf8')
      if (text.includes(nonce))
        recorder.record({ kind: 'file', file, text, overwritten: false, watched: false })
    }
  }
}
