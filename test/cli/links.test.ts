import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { bgtasks, withSandbox } from './bgtasks-learn.ts'
import { openTerminal } from './terminal.ts'

const linkStart = '\u001b]8;;'

test('file names are links where the terminal opens them', async () => {
  const { cwd, root } = await withSandbox()
  const terminal = openTerminal(['check', '1'], {
    cwd,
    env: { TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809' },
  })
  await terminal.sees('A hint:')
  const file = pathToFileURL(join(root, '01-what-are-background-tasks', 'app.ts')).href
  const shown = String.raw`bgtasks-sandbox/01-what-are-background-tasks/app\.ts:\d+`
  expect(terminal.written()).toMatch(new RegExp(`8;;${file}\u0007${shown}`))
  expect(terminal.everything()).toMatch(new RegExp(`^  ${shown}$`, 'm'))
  expect(await terminal.ends()).toBe(1)
})

test('a backup is a link too', async () => {
  const { cwd, root } = await withSandbox()
  writeFileSync(join(root, '03-basic-example', 'app.ts'), 'mine')
  const terminal = openTerminal(['reset', '3', '--yes'], { cwd, env: { WT_SESSION: 'x' } })
  await terminal.sees('comes back with')
  expect(terminal.written()).toContain(`${linkStart}${pathToFileURL(join(root, '.bgtasks', 'backups')).href}`)
})

test.each([
  ['--plain', ['--plain'], { WT_SESSION: 'x' }],
  ['no colour', ['--no-color'], { WT_SESSION: 'x' }],
  ['NO_COLOR', [], { WT_SESSION: 'x', NO_COLOR: '1' }],
  ['CI', [], { WT_SESSION: 'x', CI: 'true' }],
  ['TERM=dumb', [], { WT_SESSION: 'x', TERM: 'dumb' }],
  ['a terminal that knows none', [], {}],
  ['VS Code, which finds names by itself', [], { TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.99.0' }],
])('no links with %s', async (_, args, env) => {
  const { cwd, root } = await withSandbox()
  writeFileSync(join(root, '03-basic-example', 'app.ts'), 'mine')
  const terminal = openTerminal(['reset', '3', '--yes', ...args], { cwd, env })
  await terminal.sees('comes back with')
  expect(terminal.written()).not.toContain(linkStart)
})

test('no links in a pipe', async () => {
  const { cwd } = await withSandbox()
  const env = { WT_SESSION: 'x', FORCE_COLOR: '3', FORCE_HYPERLINK: '1' }
  expect((await bgtasks([], { cwd, env })).stdout).not.toContain(linkStart)
})
