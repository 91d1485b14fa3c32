import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { course } from '../../src/course/lessons.ts'
import { recordVerdict } from '../../src/course/progress.ts'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { withSandbox } from './bgtasks-learn.ts'
import { keys, openTerminal } from './terminal.ts'

const snapshot = (name: string) => join(import.meta.dirname, 'screens', `${name}.txt`)

test.each([60, 80, 120])('the first use, at %d columns', async (columns) => {
  const terminal = openTerminal([], { cwd: temporaryFolder(), columns, rows: 24 })
  await terminal.sees('Ctrl-C leaves')
  // Where the sandbox was made is said once, above.
  await expect(`${below(terminal.screen(), 'Background tasks')}\n`).toMatchFileSnapshot(
    snapshot(`first-use-${columns}`),
  )
  terminal.type(keys.enter)
  await terminal.sees('Esc goes back')
  await expect(`${below(terminal.screen(), 'Lesson 1')}\n`).toMatchFileSnapshot(
    snapshot(`lesson-menu-${columns}`),
  )
  terminal.type(keys.escape)
  await terminal.sees('Where to begin?')
  terminal.type('quit')
  await terminal.sees('❯      Quit')
  terminal.type(keys.enter)
  expect(await terminal.ends()).toBe(0)
  expect(await terminal.isLeftAsFound()).toBe(true)
})

test.each([60, 80, 120])('the home of somebody on the way, at %d columns', async (columns) => {
  const { cwd, root } = await withSandbox()
  for (const { id } of course.slice(0, 3)) recordVerdict(root, id, 'passed')
  const terminal = openTerminal([], { cwd, columns, rows: 24 })
  await terminal.sees('Ctrl-C leaves')
  expect(terminal.screen()).toContain('❯ ▶ 4  Sending email')
  await expect(`${terminal.screen().trim()}\n`).toMatchFileSnapshot(snapshot(`home-${columns}`))
})

test('arrow keys, a number and typing all find a lesson', async () => {
  const { cwd } = await withSandbox()
  const terminal = openTerminal([], { cwd })
  await terminal.sees('❯ ▶ 1')
  terminal.type(keys.down)
  await terminal.sees('❯ · 2')
  terminal.type('5')
  await terminal.sees('❯ · 5  Combining with Depends')
  await terminal.loses('Sending email')
  terminal.type(keys.backspace)
  await terminal.sees('Sending email')
  terminal.type('hood')
  await terminal.sees('❯ · 7  Under the hood')
  terminal.type(`${keys.backspace.repeat(4)}xyz`)
  await terminal.sees('Nothing fits')
  terminal.type(keys.enter)
  terminal.type(`${keys.backspace.repeat(3)}email`)
  await terminal.sees('❯ · 4')
  terminal.type(keys.enter)
  await terminal.sees('Lesson 4: Sending email')
})

test('a hint is shown, and the menu goes on below it', async () => {
  const { cwd } = await withSandbox()
  const terminal = openTerminal([], { cwd })
  await terminal.sees('❯ ▶ 1')
  terminal.type(keys.enter)
  await terminal.sees('What next?')
  terminal.type('hint')
  await terminal.sees(/❯ \d  Show me a hint/)
  terminal.type(keys.enter)
  await terminal.sees('Hint 1 of')
  await terminal.sees('What next?')
  terminal.type(keys.ctrlC)
  expect(await terminal.ends()).toBe(130)
})

test('a home made narrower and lower is drawn again, with nothing left over', async () => {
  const { cwd } = await withSandbox()
  const terminal = openTerminal([], { cwd, columns: 120, rows: 30 })
  await terminal.sees('Ctrl-C leaves')
  const before = terminal.screen().trim()
  terminal.resize(70, 24)
  terminal.type(keys.down)
  await terminal.sees('❯ · 2')
  terminal.type(keys.up)
  await terminal.sees(before)
  expect(terminal.screen().trim()).toBe(before)
  terminal.resize(70, 14)
  terminal.type(keys.down.repeat(6))
  await terminal.sees('❯ · 7')
  terminal.resize(120, 30)
  terminal.type(keys.up.repeat(6))
  await terminal.sees(before)
})

test.each([
  ['the home', [], []],
  ['a lesson', [keys.enter], []],
  ['the question of a reset', [], ['reset', '3']],
])('Ctrl-C in %s ends quietly and leaves the terminal as it was', async (_, typed, args) => {
  const { cwd, root } = await withSandbox()
  const file = join(root, '03-basic-example', 'app.ts')
  writeFileSync(file, 'mine')
  const terminal = openTerminal(args, { cwd })
  await terminal.sees('?')
  for (const key of typed) {
    await terminal.sees('❯')
    terminal.type(key)
    await terminal.sees('What next?')
  }
  terminal.type(keys.ctrlC)
  expect(await terminal.ends()).toBe(130)
  expect(terminal.written()).not.toMatch(/[A-Za-z]+Error/)
  expect(await terminal.isLeftAsFound()).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('keys pressed during a check from the menu go nowhere, and Ctrl-C ends only the check', async () => {
  const { cwd } = await withSandbox()
  const terminal = openTerminal([], { cwd })
  await terminal.sees('❯ ▶ 1')
  terminal.type('4')
  await terminal.sees('❯ · 4  Sending email')
  terminal.type(keys.enter)
  await terminal.sees('Lesson 4: Sending email')
  terminal.type('3')
  await terminal.sees('❯ 3  Check my answer')
  terminal.type(keys.enter)
  await terminal.sees(/A timer of 5\.0 s \(app\.ts:\d+\).*of 5\.0 s/)
  terminal.type(`zz${keys.enter}`)
  terminal.type(keys.ctrlC)
  await terminal.sees('Stopped before the end.')
  await terminal.sees('❯ 3  Check my answer')
  expect(terminal.everything()).not.toContain('zz')
  terminal.type(keys.ctrlC)
  expect(await terminal.ends()).toBe(130)
  expect(await terminal.isLeftAsFound()).toBe(true)
})

test('a check says what it waits for, takes that away, and ends with what decides', async () => {
  const { cwd } = await withSandbox()
  const terminal = openTerminal(['check', '4'], { cwd })
  await terminal.sees(/A timer of 5\.0 s \(app\.ts:\d+\).*of 5\.0 s/)
  expect(await terminal.ends()).toBe(1)
  const seen = terminal.everything()
  expect(seen).not.toContain('Checking lesson 4')
  expect(seen).not.toMatch(/of 5\.0 s/)
  expect(seen.indexOf('━ handler')).toBeLessThan(seen.indexOf('Try: '))
  expect(seen).toContain('This is still the starter')
})

test('Ctrl-D in the home ends it too', async () => {
  const terminal = openTerminal([], { cwd: temporaryFolder() })
  await terminal.sees('Quit')
  terminal.type(keys.ctrlD)
  expect(await terminal.ends()).toBe(130)
})

test('reset asks, and Enter alone changes nothing', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, '03-basic-example', 'app.ts')
  writeFileSync(file, 'mine')
  const terminal = openTerminal(['reset', '3'], { cwd })
  await terminal.sees('Reset 03-basic-example/app.ts?')
  terminal.type(keys.enter)
  await terminal.sees('Nothing was changed.')
  expect(await terminal.ends()).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('reset asks in --plain as well, without escape codes, and y resets', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, '03-basic-example', 'app.ts')
  writeFileSync(file, 'mine')
  const terminal = openTerminal(['reset', '3', '--plain'], { cwd })
  await terminal.sees('backed up first. (y/N)')
  terminal.type('y\r')
  await terminal.sees('comes back with')
  expect(await terminal.ends()).toBe(0)
  expect(terminal.written()).not.toContain('\u001b')
  expect(readFileSync(file, 'utf8')).toContain('TODO')
})

/** Bold, dim, and the cursor's colour; what moves the cursor has other letters. */
const colourCodes = /\[(1|2|36)m/

test.each([
  [[], {}, true],
  [[], { NO_COLOR: '1' }, false],
  [['--no-color'], {}, false],
  [['--no-color'], { FORCE_COLOR: '1' }, false],
  [[], { FORCE_COLOR: '0' }, false],
])('the home with %j and %j in colour: %s', async (args, env, coloured) => {
  const terminal = openTerminal(args, { cwd: temporaryFolder(), env })
  await terminal.sees('Ctrl-C leaves')
  terminal.type(keys.enter)
  await terminal.sees('What next?')
  expect(colourCodes.test(terminal.written())).toBe(coloured)
})

test.each([
  [{ NO_COLOR: '1' }, false],
  [{ FORCE_COLOR: '1' }, true],
])('the question of a reset with %j in colour: %s', async (env, coloured) => {
  const { cwd, root } = await withSandbox()
  writeFileSync(join(root, '03-basic-example', 'app.ts'), 'mine')
  const terminal = openTerminal(['reset', '3'], { cwd, env })
  await terminal.sees('(y/N)')
  expect(colourCodes.test(terminal.written())).toBe(coloured)
})

test.each([
  ['CI', { CI: 'true' }],
  ['TERM=dumb', { TERM: 'dumb' }],
])('with %s nobody is asked, terminal or not', async (_, env) => {
  const terminal = openTerminal([], { cwd: temporaryFolder(), env })
  await terminal.sees('Next is lesson 1')
  expect(await terminal.ends()).toBe(0)
  expect(terminal.written()).not.toContain('\u001b')
})

function below(screen: string, first: string): string {
  return screen.slice(screen.indexOf(first))
}
