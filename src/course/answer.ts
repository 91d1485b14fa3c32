import { existsSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { onDisk } from './disk-error.ts'
import { solutionsRoot } from './package-root.ts'
import { filesUnder, starterContent, starterFiles } from './starter.ts'

export interface AnswerFile {
  /** Relative to the lesson folder, with forward slashes. */
  readonly name: string
  readonly text: string
}

/** The model answer. */
export function solutionFiles(lessonId: string): readonly AnswerFile[] {
  return filesUnder(solutionsRoot, lessonId).map((file) => ({
    name: file.slice(lessonId.length + 1).replaceAll(sep, '/'),
    text: readFileSync(join(solutionsRoot, file), 'utf8'),
  }))
}

/** The learner's file that answers to the model's: `app.js` where there is no `app.ts`. Empty when there is none. */
export function learnerFile(root: string, lessonId: string, name: string): AnswerFile {
  const candidates = [name, name.replace(/\.ts$/, '.js')]
  const own = candidates.find((candidate) => existsSync(join(root, lessonId, candidate))) ?? name
  const path = join(root, lessonId, own)
  const text = existsSync(path) ? onDisk(`read ${path}`, () => readFileSync(path, 'utf8')) : ''
  return { name: own, text }
}

/** The file a learner starts in: the one with the TODO, absolute. */
export function lessonFile(root: string, lessonId: string): string {
  const files = starterFiles(lessonId)
  const todo = files.find((file) => starterContent(file).includes('TODO')) ?? join(lessonId, 'app.ts')
  return join(root, lessonId, learnerFile(root, lessonId, todo.slice(lessonId.length + 1)).name)
}
