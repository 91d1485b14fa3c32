import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { mendLinks } from '../../src/course/links.ts'
import { startersRoot } from '../../src/course/package-root.ts'

export interface AnswerSandbox {
  /** A sandbox with the course's links and one lesson, good for `--dir`. */
  readonly root: string
  readonly lessonDir: string
  remove(): void
}

/** What stands in an answer's folder for the tests, and is no part of the answer. */
const notes: ReadonlySet<string> = new Set(['expected.json'])

/** A fresh sandbox that holds one answer, whose folder is a complete lesson folder. */
export function answerSandbox(answerDir: string, lessonId: string): AnswerSandbox {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'bgtasks-answer-')))
  const lessonDir = join(root, lessonId)
  for (const file of ['package.json', 'tsconfig.json']) cpSync(join(startersRoot, file), join(root, file))
  cpSync(answerDir, lessonDir, { recursive: true, filter: (source) => !notes.has(basename(source)) })
  mendLinks(root)
  return { root, lessonDir, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }) }
}
