import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withSandbox } from './bgtasks-learn.ts'
import { keys, openTerminal } from './terminal.ts'

test('a guess is answered by the starter itself, whatever the learner has written', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, '01-what-are-background-tasks', 'app.ts')
  writeFileSync(file, 'mine')
  const terminal = openTerminal([], { cwd, rows: 60, env: { PAGER: 'cat' } })
  await terminal.sees('❯ ▶ 1')
  terminal.type(keys.enter)
  await terminal.sees('What next?')
  terminal.type(keys.enter)
  await terminal.sees('Before you begin, a guess')
  await terminal.sees('Your guess?')
  terminal.type(keys.enter)
  await terminal.sees(/The client waited 2\.\d s/)
  await terminal.sees('an email is sent on the side  (your guess)')
  await terminal.sees('▶ About two seconds')
  await terminal.sees('response is out')
  // The text is there for the asking, and nobody is asked twice.
  await terminal.sees('❯ 1  Read the lesson')
  expect(readFileSync(file, 'utf8')).toBe('mine')
  expect(readdirSync(join(root, '.bgtasks')).filter((name) => name.startsWith('predict'))).toEqual([])
  terminal.type(keys.enter)
  // Who has read wants to try.
  await terminal.sees('❯ 2  Watch')
})

test('a guess can be skipped: the lesson comes at once', async () => {
  const { cwd } = await withSandbox()
  const terminal = openTerminal([], { cwd, rows: 60, env: { PAGER: 'cat' } })
  await terminal.sees('❯ ▶ 1')
  terminal.type(keys.enter)
  await terminal.sees('What next?')
  terminal.type(keys.enter)
  await terminal.sees('Your guess?')
  terminal.type(keys.escape)
  // Who has read wants to try.
  await terminal.sees('❯ 2  Watch')
})

test('Ctrl-C while the starter runs leaves nothing behind', async () => {
  const { cwd, root } = await withSandbox()
  const terminal = openTerminal([], { cwd, rows: 60, env: { PAGER: 'cat' } })
  await terminal.sees('❯ ▶ 1')
  terminal.type('4')
  await terminal.sees('❯ · 4')
  terminal.type(keys.enter)
  await terminal.sees('What next?')
  terminal.type(keys.enter)
  await terminal.sees('Your guess?')
  terminal.type(keys.enter)
  await terminal.sees('Running the starter')
  terminal.type(keys.ctrlC)
  await terminal.sees('Stopped before the end.')
  expect(existsSync(join(root, '.bgtasks'))).toBe(true)
  expect(readdirSync(join(root, '.bgtasks')).filter((name) => name.startsWith('predict'))).toEqual([])
})
