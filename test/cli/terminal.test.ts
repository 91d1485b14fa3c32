import { writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { expect, onTestFinished, test } from 'vitest'
import { stripVTControlCharacters } from 'node:util'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { binary, withSandbox } from './bgtasks-learn.ts'

interface Session {
  type(keys: string): void
  /** Waits until the text is on the screen, written since the last key. */
  sees(text: string): Promise<void>
  ends(): Promise<number>
  /** Everything since the last key, escape codes included. */
  written(): string
}

/** The real binary in a real terminal. */
function start(
  args: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): Session {
  const terminal = spawn(process.execPath, [binary, ...args], {
    cwd,
    cols: 80,
    rows: 40,
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', ...env },
  })
  let screen = ''
  let code: number | undefined
  const waiting = new Set<() => void>()
  terminal.onData((text) => {
    screen += text
    for (const look of waiting) look()
  })
  terminal.onExit((end) => {
    code = end.exitCode
    for (const look of waiting) look()
  })
  onTestFinished(() => {
    if (code === undefined) terminal.kill('SIGKILL')
  })
  const until = async (what: string, reached: () => boolean): Promise<void> => {
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (reached()) finish(resolve)
        else if (code !== undefined)
          finish(() => reject(new Error(`Ended with ${code} before ${what}:\n${screen}`)))
      }
      const timer = setTimeout(
        () => finish(() => reject(new Error(`Waited for ${what}:\n${screen}`))),
        20_000,
      )
      const finish = (end: () => void) => {
        clearTimeout(timer)
        waiting.delete(look)
        end()
      }
      waiting.add(look)
      look()
    })
  }
  return {
    type(keys) {
      screen = ''
      terminal.write(keys)
    },
    sees: (text) => until(`"${text}"`, () => stripVTControlCharacters(screen).includes(text)),
    ends: async () => {
      await until('the end', () => code !== undefined)
      return code!
    },
    written: () => screen,
  }
}

const down = '\u001b[B'
const showCursor = '\u001b[?25h'
const enter = '\r'
const ctrlC = '\u0003'

test('the first use explains, shows a hint, and quits', async () => {
  const session = start([], { cwd: temporaryFolder() })
  await session.sees('Each lesson is a short text')
  await session.sees('Quit')
  session.type(down)
  await session.sees('❯ Check my answer')
  session.type(down)
  await session.sees('❯ Show me a hint')
  session.type(enter)
  await session.sees('Hint 1 of')
  await session.sees('Quit')
  session.type('6')
  await session.sees('❯ Quit')
  session.type(enter)
  expect(await session.ends()).toBe(0)
})

test('another lesson can be chosen and stays chosen', async () => {
  const session = start([], { cwd: temporaryFolder() })
  await session.sees('Quit')
  session.type('4')
  await session.sees('❯ Choose another lesson')
  session.type(enter)
  await session.sees('Which lesson?')
  session.type('5')
  await session.sees('❯ · 5')
  session.type(enter)
  await session.sees('Lesson 5, Combining with Depends')
  session.type(ctrlC)
  expect(await session.ends()).toBe(130)
})

test('Ctrl-C in the menu ends quietly, and the cursor is shown again', async () => {
  const session = start([], { cwd: temporaryFolder() })
  await session.sees('Quit')
  session.type(ctrlC)
  expect(await session.ends()).toBe(130)
  expect(session.written()).toContain(showCursor)
  expect(session.written()).not.toMatch(/[A-Za-z]+Error/)
})

test('Ctrl-D in the menu ends it too', async () => {
  const session = start([], { cwd: temporaryFolder() })
  await session.sees('Quit')
  session.type('\u0004')
  expect(await session.ends()).toBe(130)
})

test('reset asks, and Enter alone changes nothing', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, '03-basic-example', 'app.ts')
  writeFileSync(file, 'mine')
  const session = start(['reset', '3'], { cwd })
  await session.sees('Reset 03-basic-example/app.ts?')
  session.type(enter)
  await session.sees('Nothing was changed.')
  expect(await session.ends()).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('Ctrl-C at the question of a reset changes nothing', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, '03-basic-example', 'app.ts')
  writeFileSync(file, 'mine')
  const session = start(['reset', '3'], { cwd })
  await session.sees('Reset 03-basic-example/app.ts?')
  session.type(ctrlC)
  expect(await session.ends()).toBe(130)
  expect(readFileSync(file, 'utf8')).toBe('mine')
})

test('reset asks in --plain as well, without escape codes, and y resets', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, '03-basic-example', 'app.ts')
  writeFileSync(file, 'mine')
  const session = start(['reset', '3', '--plain'], { cwd })
  await session.sees('backed up first. (y/N)')
  session.type('y\r')
  await session.sees('comes back with')
  expect(await session.ends()).toBe(0)
  expect(readFileSync(file, 'utf8')).toContain('TODO')
})

test('in CI nobody is asked, terminal or not', async () => {
  const session = start([], { cwd: temporaryFolder(), env: { CI: 'true' } })
  await session.sees('Next is lesson 1')
  expect(await session.ends()).toBe(0)
})
