import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of the installed package, where `lessons/`, `sandbox/` and `solutions/` stand. Found by
 * walking up, because this file runs from `src/` in the tests and from `dist/src/` everywhere else.
 */
export const packageRoot = findPackageRoot(dirname(fileURLToPath(import.meta.url)))

/** Shipped with the tool: never to be mistaken for a learner's sandbox, though it looks like one. */
export const startersRoot = join(packageRoot, 'sandbox')

export const solutionsRoot = join(packageRoot, 'solutions')

export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}

function findPackageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && /"name":\s*"bgtasks-learn"/.test(readFileSync(manifest, 'utf8')))
      return folder
    if (folder === dirname(folder)) throw new Error(`No package.json of bgtasks-learn above ${from}`)
  }
}
