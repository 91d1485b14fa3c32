import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A lesson folder with the given files, removed when the test has finished. */
export async function lessonFolder(
  files: Readonly<Record<string, string>>,
  name = 'lesson',
): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'bgtasks-lab-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const folder = join(root, name)
  const all = { '../package.json': '{ "type": "module" }', ...files }
  for (const [file, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  return folder
}
