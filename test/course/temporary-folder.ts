import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** An empty folder, gone when the test is over. `name` may hold what paths hold in real life. */
export function temporaryFolder(name = 'bgtasks-'): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), name)))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
