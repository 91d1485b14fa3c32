import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execaSync } from 'execa'
import { describe, expect, onTestFinished, test } from 'vitest'
import { course } from '../../src/course/lessons.ts'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { bgtasks } from './bgtasks-learn.ts'
import { openTerminal, type Terminal } from './terminal.ts'

/** Without anybody's own settings; `%` or `$` or `>` is on the screen when it waits for a command. */
const shells = {
  bash: ['bash', '--norc', '--noprofile', '-i'],
  zsh: ['zsh', '-f', '-i'],
  fish: ['fish', '--no-config', '-i'],
} as const
type Shell = keyof typeof shells
const names = Object.keys(shells) as readonly Shell[]

function isHere(shell: Shell): boolean {
  return execaSync(shell, ['--version'], { reject: false }).exitCode === 0
}

async function shellWithScript(shell: Shell): Promise<Terminal> {
  const cwd = temporaryFolder()
  const { code, stdout } = await bgtasks(['completion', shell], { cwd })
  expect(code).toBe(0)
  writeFileSync(join(cwd, 'script'), stdout)
  mkdirSync(join(cwd, 'my-folder'))
  const [name, ...args] = shells[shell]
  const terminal = openTerminal([], { cwd, program: [name, ...args], columns: 100, rows: 50 })
  onTestFinished(() => terminal.signal('SIGHUP'))
  await terminal.stirs()
  terminal.type('source ./script; echo re""ady\r')
  await terminal.sees(/^ready/m)
  return terminal
}

describe.each(names)('in %s', (shell) => {
  const skip = !isHere(shell)

  test.skipIf(skip)('commands are completed', async () => {
    const terminal = await shellWithScript(shell)
    terminal.type('bgtasks-learn sol\t')
    await terminal.sees('bgtasks-learn solution')
  })

  test.skipIf(skip)('the lessons are offered behind a command and an option', async () => {
    const terminal = await shellWithScript(shell)
    terminal.type('bgtasks-learn --plain check 0\t\t')
    for (const { id } of course) await terminal.sees(id)
  })

  test.skipIf(skip)('a part of a lesson is enough', async () => {
    const terminal = await shellWithScript(shell)
    terminal.type('bgtasks-learn read hood\t')
    await terminal.sees('bgtasks-learn read 07-under-the-hood')
  })

  test.skipIf(skip)('options are those of the command', async () => {
    const terminal = await shellWithScript(shell)
    terminal.type('bgtasks-learn check 3 --sv\t')
    await terminal.sees('bgtasks-learn check 3 --svg')
    terminal.type('\u0015bgtasks-learn solution --di\t')
    // --diff and --dir begin alike.
    terminal.type('f\t')
    await terminal.sees('bgtasks-learn solution --diff')
  })

  test.skipIf(skip)('a folder is completed behind --dir', async () => {
    const terminal = await shellWithScript(shell)
    terminal.type('bgtasks-learn list --dir my-f\t')
    await terminal.sees('bgtasks-learn list --dir my-folder')
  })

  test.skipIf(skip)('npx is no obstacle', async () => {
    const terminal = await shellWithScript(shell)
    terminal.type('npx bgtasks-learn hint emai\t')
    await terminal.sees('npx bgtasks-learn hint 04-sending-email')
  })

  test.skipIf(skip)('and what else npx runs is left alone', async () => {
    const terminal = await shellWithScript(shell)
    terminal.type('npx prettier my-f\t')
    await terminal.sees('npx prettier my-folder')
  })
})

test('another shell is wrong usage, and the known ones are named', async () => {
  const { code, stderr } = await bgtasks(['completion', 'powershell'], { cwd: temporaryFolder() })
  expect(code).toBe(64)
  expect(stderr).toMatch(/bash, zsh, fish/)
})
