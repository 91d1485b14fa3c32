import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { bgtasks } from './bgtasks-learn.ts'
import { keys, openTerminal } from './terminal.ts'

const hasLess = execaSync('less', ['--version'], { reject: false }).exitCode === 0

test.runIf(hasLess)('a text longer than the screen opens in less, which says how to leave', async () => {
  const terminal = openTerminal(['read', '3'], { cwd: temporaryFolder(), rows: 20 })
  await terminal.sees('q leaves')
  expect(terminal.screen()).toMatch(/^3\. Basic example\n━+/)
  terminal.type(' ')
  await terminal.loses('3. Basic example')
  terminal.type('q')
  await terminal.sees('When you have an answer')
  expect(await terminal.ends()).toBe(0)
  expect(await terminal.isLeftAsFound()).toBe(true)
})

test.runIf(hasLess)('Ctrl-C in less is for less', async () => {
  const terminal = openTerminal(['read', '3'], { cwd: temporaryFolder(), rows: 20 })
  await terminal.sees('q leaves')
  terminal.type(keys.ctrlC)
  // less itself loses a key that comes while it handles the interrupt, and is done when it asks anew.
  await terminal.writesAgain('q leaves')
  terminal.type('q')
  await terminal.sees('When you have an answer')
  expect(await terminal.ends()).toBe(0)
  expect(await terminal.isLeftAsFound()).toBe(true)
})

test('a text that fits is written as it is', async () => {
  const terminal = openTerminal(['read', '3'], { cwd: temporaryFolder(), rows: 300 })
  expect(await terminal.ends()).toBe(0)
  expect(terminal.everything()).toMatch(/^3\. Basic example\n/)
})

test('$PAGER is a line for the shell', async () => {
  const cwd = temporaryFolder()
  const pager = join(cwd, 'first-lines')
  writeFileSync(pager, '#!/bin/sh\necho "paged with $1"\nhead -n 1\n')
  chmodSync(pager, 0o755)
  const terminal = openTerminal(['read', '3'], { cwd, rows: 20, env: { PAGER: `'${pager}' --quick` } })
  await terminal.sees('When you have an answer')
  expect(terminal.everything()).toMatch(/^paged with --quick\n3\. Basic example\n\nWhen/)
  expect(await terminal.ends()).toBe(0)
})

test.each([
  ['cat', 'cat'],
  ['', 'nothing'],
  ['no-such-pager', 'a program that is not there'],
])('with $PAGER %j (%s) the text is written', async (pager) => {
  const terminal = openTerminal(['read', '3'], { cwd: temporaryFolder(), rows: 20, env: { PAGER: pager } })
  expect(await terminal.ends()).toBe(0)
  expect(terminal.everything()).toContain('3. Basic example\n')
})

test('without less the text is written', async () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'bin'))
  symlinkSync(process.execPath, join(cwd, 'bin', 'node'))
  const terminal = openTerminal(['read', '3'], { cwd, rows: 20, env: { PATH: join(cwd, 'bin') } })
  expect(await terminal.ends()).toBe(0)
  expect(terminal.everything()).toMatch(/^3\. Basic example\n/)
})

test('nothing is paged into a pipe, nor in --plain', async () => {
  const cwd = temporaryFolder()
  const env = { PAGER: 'false', LINES: '5' }
  expect((await bgtasks(['read', '3'], { cwd, env })).stdout).toMatch(/^3\. Basic example\n/)
  const terminal = openTerminal(['read', '3', '--plain'], { cwd, rows: 20, env })
  expect(await terminal.ends()).toBe(0)
  expect(terminal.everything()).toMatch(/^3\. Basic example\n/)
})

test('no line of a plain text is longer than the screen, but code', async () => {
  const { stdout } = await bgtasks(['read', '3', '--plain'], { cwd: temporaryFolder() })
  const prose = stdout.split('\n').filter((line) => !line.startsWith('    '))
  expect(prose.filter((line) => line.length > 80)).toEqual([])
})
