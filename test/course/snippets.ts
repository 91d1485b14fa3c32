import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/course/package-root.ts'

/** A TypeScript fence of a lesson's text: a whole module. */
export interface Snippet {
  readonly lesson: string
  /** Where its fence stands in lesson.md. */
  readonly line: number
  readonly name: string
  readonly code: string
  /** From the fence: `ts POST /log/?msg=hi 200`. */
  readonly request?: { readonly method: string; readonly path: string; readonly status: number }
}

export function readSnippets(lesson: string): readonly Snippet[] {
  const text = readFileSync(join(packageRoot, 'lessons', lesson, 'lesson.md'), 'utf8')
  return [...text.matchAll(/^```ts(?: (\w+) (\S+) (\d+))?\n([\s\S]*?)^```$/gm)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length
    const [, method, path, status, code = ''] = match
    const request = method && path ? { request: { method, path, status: Number(status) } } : {}
    return { lesson, line, name: `${lesson}-${line}`, code, ...request }
  })
}
