import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bgtasks, binary, repository, withSandbox } from './bgtasks-learn.ts'
import { keys, openTerminal } from './terminal.ts'

const lesson3 = '03-basic-example'
const lesson4 = '04-sending-email'

/** Elsewhere there are no signals. */
const onUnix = process.platform !== 'win32'

function solve(root: string, id: string): void {
  copyFileSync(join(repository, 'solutions', id, 'app.ts'), join(root, id, 'app.ts'))
}

test('from the starter to a pass and on to the next lesson', async () => {
  const { cwd, root } = await withSandbox()
  const terminal = openTerminal(['watch', '3'], { cwd })
  await terminal.sees('✗ not yet')
  await terminal.sees('task-never-ran')
  expect(terminal.isFullScreen()).toBe(true)
  // Only what makes sense: nothing is earned yet, and nothing was changed.
  expect(terminal.screen()).not.toMatch(/n next|s solution|x reset/)

  terminal.type('h')
  await terminal.sees('Hint 1 of')
  solve(root, lesson3)
  await terminal.sees('✓ passed')
  await terminal.sees('app.ts saved at')
  await terminal.sees('1 of 7 passed')
  await terminal.sees('n next lesson')
  await terminal.sees('x reset')

  // It stays until it is told to go on.
  expect(terminal.screen()).toContain('lesson 3 of 7')
  terminal.type('n')
  await terminal.sees('4. Sending email')
  terminal.type('q')
  await terminal.sees('c check again')
  terminal.type('q')
  expect(await terminal.ends()).toBe(0)
  expect(await terminal.isLeftAsFound()).toBe(true)
})

test('who leaves reads where the lesson stands and how to go on; who interrupts reads nothing', async () => {
  const { cwd, root } = await withSandbox()
  const open = () => openTerminal(['watch', '3'], { cwd, columns: 200 })
  const first = open()
  await first.sees('✗ not yet')
  first.type('q')
  expect(await first.ends()).toBe(0)
  expect(first.isFullScreen()).toBe(false)
  expect(first.screen()).toMatch(
    /^Lesson 3: Basic example {2}✗ not yet {2}task-never-ran.*\nGo on: .* watch 3$/,
  )

  solve(root, lesson3)
  const second = open()
  await second.sees('✓ passed')
  second.type('q')
  expect(await second.ends()).toBe(0)
  expect(second.screen()).toMatch(/^Lesson 3: Basic example {2}✓ passed\nNext: .* watch 4$/)

  const third = open()
  await third.sees('✓ passed')
  third.type(keys.ctrlC)
  expect(await third.ends()).toBe(130)
  expect(third.screen()).toBe('')
})

test('a save during a check is judged, and the check before it is not', async () => {
  const { cwd, root } = await withSandbox()
  const terminal = openTerminal(['watch', '4'], { cwd })
  // The bar moves by the timer that the starter has set: five seconds in which to save.
  await terminal.sees('A timer of 5.0 s (app.ts:')
  solve(root, lesson4)
  await terminal.sees('app.ts saved at')
  await terminal.sees('✓ passed')
  const { lessons } = JSON.parse(readFileSync(join(root, '.bgtasks', 'progress.json'), 'utf8')) as {
    lessons: Record<string, { failures: number }>
  }
  expect(lessons[lesson4]?.failures).toBe(0)
  terminal.type(keys.ctrlC)
  expect(await terminal.ends()).toBe(130)
})

test('while another process has the lesson, it says for whom it waits', async () => {
  const { cwd, root } = await withSandbox()
  const lock = join(root, '.bgtasks', `running-${lesson3}`)
  writeFileSync(lock, `${process.pid} ${hostname()} of a test`)
  const terminal = openTerminal(['watch', '3'], { cwd, columns: 120 })
  await terminal.sees(`by another bgtasks-learn (process ${process.pid})`)
  rmSync(lock)
  await terminal.sees('✗ not yet')
  expect(terminal.screen()).not.toContain('by another')
})

test('a save by renaming is seen, and neither the log nor leftovers of editors are saves', async () => {
  const { cwd, root } = await withSandbox()
  const terminal = openTerminal(['watch', '3'], { cwd })
  await terminal.sees('✗ not yet')
  const folder = join(root, lesson3)
  for (const name of ['log.txt', '.app.ts.swp', 'app.ts~', '4913']) writeFileSync(join(folder, name), 'x')
  copyFileSync(join(repository, 'solutions', lesson3, 'app.ts'), join(folder, '.app.ts.new'))
  expect(terminal.screen()).toContain('no save seen yet')
  renameSync(join(folder, '.app.ts.new'), join(folder, 'app.ts'))
  await terminal.sees('✓ passed')
  await terminal.sees('app.ts saved at')
})

test('reading, the list and a reset stand in the place of the result, and give way to it', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, lesson3, 'app.ts')
  const mine = `${readFileSync(file, 'utf8')}\n// mine\n`
  writeFileSync(file, mine)
  const terminal = openTerminal(['watch', '3'], { cwd, rows: 24, columns: 80 })
  await terminal.sees('✗ not yet')
  terminal.type('r')
  await terminal.sees('3. Basic example')
  terminal.type(keys.escape)
  await terminal.sees('✗ not yet')
  terminal.type('l')
  await terminal.sees('Which lesson?')
  terminal.type(keys.down)
  await terminal.sees('❯ · 4')
  terminal.type(keys.escape)
  await terminal.sees('✗ not yet')

  terminal.type('x')
  await terminal.sees('Reset lesson 3')
  terminal.type('n')
  await terminal.sees('✗ not yet')
  expect(readFileSync(file, 'utf8')).toBe(mine)
  terminal.type('x')
  await terminal.sees('Reset lesson 3')
  terminal.type('y')
  await terminal.sees('reset --undo')
  expect(readFileSync(file, 'utf8')).not.toContain('// mine')
})

test('hints stand in the place of the result, on a small screen and while a check runs', async () => {
  const { cwd, root } = await withSandbox()
  const terminal = openTerminal(['watch', '4'], { cwd, rows: 10, columns: 60 })
  await terminal.sees('A timer of 5.0 s (app.ts:')
  terminal.type('h')
  await terminal.sees('Hint 1 of')
  expect(terminal.screen()).toContain('h next hint')
  terminal.type('h')
  await terminal.sees('Hint 2 of')
  terminal.type(keys.escape)
  await terminal.loses('Hint 2 of')

  // The next one comes with those before it, and a save puts the result in their place.
  terminal.resize(80, 60)
  terminal.type('h')
  await terminal.sees('Hint 3 of')
  await terminal.sees('Hint 1 of')
  solve(root, lesson4)
  await terminal.loses('Hint 3 of')
  await terminal.sees('✓ passed')
})

test('another size is filled at once', async () => {
  const { cwd } = await withSandbox()
  const terminal = openTerminal(['watch', '3'], { cwd, columns: 100, rows: 40 })
  await terminal.sees('✗ not yet')
  terminal.resize(60, 20)
  await terminal.sees('more lines')
  const lines = terminal.screen().split('\n')
  expect(lines).toHaveLength(20)
  expect(lines[0]).toContain('Watching lesson 3 of 7')
  expect(lines.slice(-3).join('\n')).toContain('q quit')
  terminal.type(' ')
  await terminal.loses('Watching lesson 3 of 7')
  terminal.resize(120, 60)
  await terminal.sees('Watching lesson 3 of 7')
})

test.runIf(onUnix).each(['SIGHUP', 'SIGTERM'] as const)(
  '%s in the middle of a check leaves the terminal as it was, and no server',
  async (signal) => {
    const { cwd, root } = await withSandbox()
    const pidFile = join(root, lesson4, 'pid')
    writeFileSync(
      join(root, lesson4, 'app.ts'),
      `import { writeFileSync } from 'node:fs'
writeFileSync('pid', String(process.pid))
await new Promise((resolve) => setTimeout(resolve, 60_000))
export default { fetch: () => new Response() }`,
    )
    const terminal = openTerminal(['watch', '4'], { cwd })
    await terminal.sees('A timer of 60.0 s')
    expect(existsSync(pidFile)).toBe(true)
    terminal.signal(signal)
    expect(await terminal.ends()).toBe(130)
    expect(await terminal.isLeftAsFound()).toBe(true)
    expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH')
  },
)

test.runIf(onUnix)('Ctrl-Z goes back to the shell, and fg brings the watching back', async () => {
  const { cwd } = await withSandbox()
  const shell = openTerminal([], {
    cwd,
    program: ['bash', '--norc', '-i'],
    env: { PS1: 'shell> ', HOME: cwd },
  })
  await shell.sees('shell>')
  shell.type(`'${process.execPath}' '${binary}' watch 3\r`)
  await shell.sees('✗ not yet')
  shell.type(keys.ctrlZ)
  await shell.sees('Stopped')
  expect(shell.isFullScreen()).toBe(false)
  shell.type('echo "echoed $((40 + 2))"\r')
  await shell.sees('echoed 42')
  shell.type('fg\r')
  await shell.sees('✗ not yet')
  expect(shell.isFullScreen()).toBe(true)
  shell.type('q')
  await shell.sees('echoed 42')
  shell.type('exit\r')
  expect(await shell.ends()).toBe(0)
})

test('--plain only ever adds lines, without escape codes', async () => {
  const { cwd, root } = await withSandbox()
  const terminal = openTerminal(['watch', '3', '--plain'], { cwd, rows: 100 })
  await terminal.sees('x not yet')
  await terminal.sees('[h] hint')
  solve(root, lesson3)
  await terminal.sees('+ passed')
  terminal.type('q')
  expect(await terminal.ends()).toBe(0)
  expect(terminal.written()).not.toContain('\u001b')
})

test('without a terminal it says what to use instead', async () => {
  const { cwd } = await withSandbox()
  const { code, stdout, stderr } = await bgtasks(['watch', '3'], { cwd })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('terminal')
  expect(stderr).toContain('check 3')
})
