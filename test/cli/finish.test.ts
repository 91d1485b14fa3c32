import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { course } from '../../src/course/lessons.ts'
import { lessonProgress, recordVerdict } from '../../src/course/progress.ts'
import { readProgress } from '../../src/course/progress-file.ts'
import { repository, withSandbox } from './bgtasks-learn.ts'
import { keys, openTerminal } from './terminal.ts'

test('whoever has passed all lessons is judged once more, and sees the finish', async () => {
  const { cwd, root } = await withSandbox()
  cpSync(join(repository, 'solutions'), root, { recursive: true })
  for (const { id } of course) recordVerdict(root, id, 'passed')
  const terminal = openTerminal([], { cwd, rows: 60 })
  await terminal.sees('❯      Judge all of them once more, together')
  terminal.type(keys.enter)
  await terminal.sees(`You are through: all ${course.length} lessons, judged together`)
  await terminal.sees('All passed. What now?')
  expect(terminal.screen()).toMatch(/✓ 4 {2}Sending email .* ms {2}█+ 5\.\d s\n/)
  expect(terminal.screen()).toContain('To build next')
  terminal.type('quit\r')
  expect(await terminal.ends()).toBe(0)
})

test('a lesson that no longer passes is said, and open again', async () => {
  const { cwd, root } = await withSandbox()
  cpSync(join(repository, 'solutions'), root, { recursive: true })
  for (const { id } of course) recordVerdict(root, id, 'passed')
  const broken = course[2]!.id
  writeFileSync(join(root, broken, 'app.ts'), 'export default {}\n')
  const terminal = openTerminal(['check', '--all'], { cwd })
  await terminal.sees('Lesson 3 had passed before and does not now, so it is open again.')
  expect(await terminal.ends()).toBe(1)
  expect(lessonProgress(readProgress(root).progress, broken).passedAt).toBeUndefined()
})
