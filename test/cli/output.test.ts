import { once } from 'node:events'
import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { bgtasks, binary, withSandbox } from './bgtasks-learn.ts'

const escape = '\u001b['

test('without a terminal there is no colour; FORCE_COLOR asks for it, --no-color wins', async () => {
  const cwd = temporaryFolder()
  const coloured = async (args: readonly string[], env: Record<string, string>) =>
    (await bgtasks(['list', ...args], { cwd, env })).stdout.includes(escape)
  expect(await coloured([], {})).toBe(false)
  expect(await coloured([], { FORCE_COLOR: '1' })).toBe(true)
  expect(await coloured([], { FORCE_COLOR: '0' })).toBe(false)
  expect(await coloured([], { FORCE_COLOR: '1', CI: 'true' })).toBe(true)
  expect(await coloured(['--no-color'], { FORCE_COLOR: '1' })).toBe(false)
  expect(await coloured(['--plain'], { FORCE_COLOR: '1' })).toBe(false)
})

test.each([
  [['list']],
  [['read', '1']],
  [['read', '5']],
  [['hint', '4']],
  [['doctor']],
  [['solution', '3', '--diff']],
  [[]],
])('%j --plain is ASCII without escape codes', async (args) => {
  const { cwd } = await withSandbox()
  const { code, stdout, stderr } = await bgtasks([...args, '--plain'], { cwd, env: { FORCE_COLOR: '3' } })
  expect(code).toBe(0)
  expect(stdout + stderr).toMatch(/^[\n\x20-\x7e]+$/)
})

test('TERM=dumb is plain', async () => {
  const { stdout } = await bgtasks(['list'], { cwd: temporaryFolder(), env: { TERM: 'dumb' } })
  expect(stdout).toMatch(/^[\n\x20-\x7e]+$/)
})

test.each([40, 60, 80, 120, 200])('the width is $COLUMNS where there is no terminal: %d', async (columns) => {
  const { cwd } = await withSandbox()
  const env = { COLUMNS: String(columns) }
  const screens = [['list'], ['hint', '1'], ['read', '3']]
  for (const args of screens) {
    const { stdout } = await bgtasks(args, { cwd, env })
    // Code keeps its own line ends, and what can be copied is never cut.
    const prose = stdout.split('\n').filter((line) => !/^ {4}|learn|`/.test(line))
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(Math.min(columns, 100))
  }
})

test('a reader that has seen enough is no error', async () => {
  const { cwd } = await withSandbox()
  const child = execa(process.execPath, [binary, 'read', '7'], {
    cwd,
    reject: false,
    buffer: { stdout: false },
  })
  child.stdout.destroy()
  await once(child, 'exit')
  const { exitCode, stderr } = await child
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
})

test('in a folder that was deleted it says so', async () => {
  const cwd = join(temporaryFolder(), 'gone')
  mkdirSync(cwd)
  const script = `process.chdir(${JSON.stringify(cwd)}); require('fs').rmdirSync(${JSON.stringify(cwd)});
    require('child_process').spawnSync(process.execPath, [${JSON.stringify(binary)}, 'list'], { stdio: 'inherit' })`
  const { stderr } = await execa(process.execPath, ['-e', script])
  expect(stderr).toMatch(/^The folder you are in no longer exists\./)
  expect(() => rmdirSync(cwd)).toThrow('ENOENT')
})
