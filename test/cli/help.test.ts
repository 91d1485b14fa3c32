import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { examples } from '../../src/cli/examples.ts'
import { bgtasks, binary, repository, withSandbox } from './bgtasks-learn.ts'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { keys, openTerminal } from './terminal.ts'

/** These go on until they are told to stop, and need a terminal or a port. */
const lasting: Readonly<Record<string, string>> = {
  watch: 'passed',
  run: 'ends it',
}

test('every command of the help has examples', async () => {
  const { stdout } = await bgtasks(['--help'], { cwd: temporaryFolder() })
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<| )/gm)].map(([, name]) => name!)
  const known = Object.keys(examples).filter((name) => name !== 'bgtasks-learn')
  expect(commands.filter((name) => name !== 'help').toSorted()).toEqual(known.toSorted())
})

describe.each(Object.entries(examples))('%s --help', (name, list) => {
  const command = name === 'bgtasks-learn' ? [] : [name]

  test('shows its examples as they are to be typed', async () => {
    const { code, stdout } = await bgtasks([...command, '--help'], {
      cwd: temporaryFolder(),
      env: { npm_command: 'exec' },
    })
    expect(code).toBe(0)
    for (const { line, does } of list) {
      expect(stdout).toContain(`npx bgtasks-learn ${line}`.trimEnd())
      expect(stdout).toContain(does)
    }
  })

  test.each(list.filter(({ line }) => lasting[line.split(' ')[0]!] === undefined))(
    'the example "$line" works',
    async ({ line }) => {
      const { cwd, root } = await withSandbox()
      cpSync(join(repository, 'solutions'), root, { recursive: true })
      mkdirSync(join(cwd, '.config', 'fish', 'completions'), { recursive: true })
      // Something has to be there for the examples of reset to take back.
      if (line === 'reset --undo') await bgtasks(['reset', '3', '--yes'], { cwd })
      const asks = line === 'reset 3'
      const shell = `"${process.execPath}" "${binary}" ${line}`
      const { exitCode, stderr } = await execa('sh', ['-c', shell], {
        cwd,
        env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: cwd },
        extendEnv: false,
        stdin: 'ignore',
        reject: false,
      })
      expect(stderr).not.toMatch(/bug of ours|Unknown/)
      // Where nobody can answer, a question is refused; test/cli/terminal.test.ts answers it.
      expect(exitCode).toBe(asks ? 1 : 0)
    },
  )

  for (const { line } of list) {
    const shown = lasting[line.split(' ')[0]!]
    if (shown === undefined) continue
    test(`the example "${line}" works, until Ctrl-C`, async () => {
      const { cwd, root } = await withSandbox()
      cpSync(join(repository, 'solutions'), root, { recursive: true })
      const terminal = openTerminal(line.split(' '), { cwd })
      await terminal.sees(shown)
      terminal.type(keys.ctrlC)
      await terminal.ends()
      expect(await terminal.isLeftAsFound()).toBe(true)
    })
  }
})
