import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { course } from '../lessons/index.ts'
import type { Lesson } from '../src/check/lesson.ts'
import { packageRoot, solutionsRoot, startersRoot } from '../src/course/package-root.ts'

/** A complete lesson folder whose verdict is known. */
export interface TrustAnswer {
  readonly lesson: Lesson
  /** `right/set-immediate`, `wrong/waits-for-task--…`, `solution` or `starter`. */
  readonly name: string
  readonly folder: string
  readonly expected: Expected
}

export interface Expected {
  readonly verdict: 'passed' | 'failed'
  readonly mistake?: string
  readonly where?: string
  readonly notes?: readonly string[]
  /** Notes that are true on some versions of Node only. */
  readonly perhaps?: readonly string[]
}

const corpora = join(packageRoot, 'test', 'answers')

/** All answers, or those of lessons that start with one of the parts, or whose name holds one; lessons take turns. */
export function listAnswers(parts: readonly string[]): readonly TrustAnswer[] {
  const wanted = ({ lesson, name }: TrustAnswer) =>
    parts.length === 0 || parts.some((part) => lesson.id.startsWith(part) || name.includes(part))
  const lists = course.map((lesson) => answersTo(lesson).filter(wanted))
  const longest = Math.max(...lists.map(({ length }) => length))
  // A slow lesson's answers side by side would leave the machine idle.
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list[index] ?? [])).flat()
}

function answersTo(lesson: Lesson): readonly TrustAnswer[] {
  const corpus = (['right', 'wrong'] as const).flatMap((side) => {
    const folder = join(corpora, side, lesson.id)
    return foldersIn(folder).map((name) => ({
      lesson,
      name: `${side}/${name}`,
      folder: join(folder, name),
      expected: expectation(join(folder, name), side),
    }))
  })
  return [
    ...corpus,
    { lesson, name: 'solution', folder: join(solutionsRoot, lesson.id), expected: { verdict: 'passed' } },
    { lesson, name: 'starter', folder: join(startersRoot, lesson.id), expected: { verdict: 'failed' } },
  ]
}

function expectation(answer: string, side: 'right' | 'wrong'): Expected {
  const said = JSON.parse(readFileSync(join(answer, 'expected.json'), 'utf8')) as Omit<Expected, 'verdict'>
  return side === 'right' ? { verdict: 'passed', notes: [], ...said } : { verdict: 'failed', ...said }
}

function foldersIn(path: string): readonly string[] {
  if (!existsSync(path)) return []
  const entries = readdirSync(path, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(join(path, entry.name, 'expected.json')))
    .map(({ name }) => name)
}
