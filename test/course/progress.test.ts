import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { course } from '../../src/course/lessons.ts'
import { progressFile, readProgress } from '../../src/course/progress-file.ts'
import {
  currentLesson,
  isFinished,
  lessonProgress,
  recordHints,
  recordVerdict,
  type Progress,
} from '../../src/course/progress.ts'
import { openSandbox } from '../../src/course/sandbox.ts'
import { temporaryFolder } from './temporary-folder.ts'

const ids = course.map(({ id }) => id)
const [first, second, third] = ids as [string, string, string]

function sandbox(): string {
  return openSandbox({ cwd: temporaryFolder(), env: {} }).root
}

function mended(root: string): readonly string[] {
  return openSandbox({ dir: root, cwd: root, env: {} }).mended
}

function passed(progress: Progress): readonly string[] {
  return ids.filter((id) => lessonProgress(progress, id).passedAt !== undefined)
}

test('a passed lesson is remembered with its date, and the next one is the current', () => {
  const root = sandbox()
  recordVerdict(root, third, 'passed')
  const { progress } = readProgress(root)
  expect(Date.parse(lessonProgress(progress, third).passedAt!)).not.toBeNaN()
  expect(currentLesson(course, progress).id).toBe(ids[3])
})

test('a lesson that no longer passes is pending again', () => {
  const root = sandbox()
  recordVerdict(root, first, 'passed')
  expect(passed(recordVerdict(root, first, 'failed'))).toEqual([])
})

test('an inconclusive check changes nothing', () => {
  const root = sandbox()
  recordVerdict(root, first, 'passed')
  expect(passed(recordVerdict(root, first, 'inconclusive'))).toEqual([first])
})

test('failures are counted until a pass', () => {
  const root = sandbox()
  recordVerdict(root, first, 'failed')
  expect(lessonProgress(recordVerdict(root, first, 'failed'), first).failures).toBe(2)
  expect(lessonProgress(recordVerdict(root, first, 'passed'), first).failures).toBe(0)
})

test('the current lesson is the next pending one after the last passed, wrapping', () => {
  const root = sandbox()
  expect(currentLesson(course, readProgress(root).progress).id).toBe(first)
  expect(currentLesson(course, recordVerdict(root, ids[6]!, 'passed')).id).toBe(first)
  expect(currentLesson(course, recordVerdict(root, first, 'passed')).id).toBe(second)
  expect(currentLesson(course, recordVerdict(root, third, 'passed')).id).toBe(ids[3])
})

test('when all are passed, the course is finished and there still is a lesson to name', () => {
  const root = sandbox()
  for (const id of ids) recordVerdict(root, id, 'passed')
  const { progress } = readProgress(root)
  expect(isFinished(course, progress)).toBe(true)
  expect(currentLesson(course, progress).id).toBe(ids.at(-1))
})

test('a file that was cut off is set aside, and its passes are kept', () => {
  const root = sandbox()
  recordVerdict(root, first, 'passed')
  recordVerdict(root, second, 'passed')
  const file = progressFile(root)
  const cut = readFileSync(file, 'utf8').slice(0, -12)
  writeFileSync(file, cut)
  expect(mended(root)).toEqual([expect.stringMatching(/progress file was damaged.*2 passed lessons/)])
  expect(passed(readProgress(root).progress)).toEqual([first, second])
  const aside = readdirSync(join(root, '.bgtasks')).find((name) => name.startsWith('progress.damaged-'))!
  expect(readFileSync(join(root, '.bgtasks', aside), 'utf8')).toBe(cut)
  expect(mended(root)).toEqual([])
})

test.each([
  ['nothing in it', ''],
  ['no JSON', 'hello'],
  ['another shape', '[1, 2]'],
  ['a schema that is no number', '{"schema":"one","lessons":{}}'],
  ['an entry of another shape', '{"schema":1,"lessons":{"03-basic-example":{"passedAt":7}}}'],
])('a progress file with %s is set aside', (_, content) => {
  const root = sandbox()
  writeFileSync(progressFile(root), content)
  expect(mended(root)).toHaveLength(1)
  expect(passed(readProgress(root).progress)).toEqual([])
})

test('a folder in place of the file is set aside', () => {
  const root = sandbox()
  rmSync(progressFile(root))
  mkdirSync(progressFile(root))
  expect(mended(root)).toHaveLength(1)
  expect(recordVerdict(root, first, 'passed')).toEqual(readProgress(root).progress)
})

test('sound entries beside a damaged one are kept', () => {
  const root = sandbox()
  const good = { passedAt: '2026-01-01T00:00:00.000Z', failures: 0, hints: 2 }
  writeFileSync(
    progressFile(root),
    JSON.stringify({ schema: 1, lessons: { [first]: good, [second]: 'yes' } }),
  )
  mended(root)
  expect(readProgress(root).progress.lessons).toEqual({ [first]: good })
})

test('a file of a newer version is refused and left as it is', () => {
  const root = sandbox()
  const newer = '{"schema":2,"lessons":{},"streak":9}'
  writeFileSync(progressFile(root), newer)
  expect(() => mended(root)).toThrow(/written by a newer bgtasks-learn/)
  expect(() => recordHints(root, first, 1)).toThrow(/written by a newer bgtasks-learn/)
  expect(readFileSync(progressFile(root), 'utf8')).toBe(newer)
})

test('what is known of lessons that this version does not have is kept', () => {
  const root = sandbox()
  const bonus = { passedAt: '2026-01-01T00:00:00.000Z', failures: 0, hints: 0 }
  writeFileSync(progressFile(root), JSON.stringify({ schema: 1, lessons: { '99-bonus': bonus } }))
  expect(recordVerdict(root, first, 'passed').lessons['99-bonus']).toEqual(bonus)
})

test('processes that write at the same time do not lose each other’s entries', async () => {
  const root = sandbox()
  const binary = join(import.meta.dirname, '..', '..', 'bin', 'bgtasks-learn.js')
  const hint = (id: string) => execa('node', [binary, 'hint', id, '--dir', root])
  await Promise.all([...ids, ...ids].map(hint))
  const { lessons } = readProgress(root).progress
  expect(Object.keys(lessons).sort()).toEqual(ids)
  expect(readdirSync(join(root, '.bgtasks'))).toEqual(['progress.json'])
})

test('a lock that a crash left behind does not stop anybody for long', () => {
  const root = sandbox()
  writeFileSync(`${progressFile(root)}.lock`, '')
  expect(passed(recordVerdict(root, first, 'passed'))).toEqual([first])
  expect(readdirSync(join(root, '.bgtasks'))).toEqual(['progress.json'])
})
