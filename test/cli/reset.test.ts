import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { course } from '../../src/course/lessons.ts'
import { bgtasks, binary, withSandbox } from './bgtasks-learn.ts'

const basic = '03-basic-example'

test('where nobody can answer, --yes is required', async () => {
  const { cwd, root } = await withSandbox()
  writeFileSync(join(root, basic, 'app.ts'), 'mine')
  const { code, stdout, stderr } = await bgtasks(['reset', '3'], { cwd })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('reset 3 --yes')
  expect(readFileSync(join(root, basic, 'app.ts'), 'utf8')).toBe('mine')
})

test('it says what changed, where the backup is, and the command that brings it back', async () => {
  const { cwd, root } = await withSandbox()
  writeFileSync(join(root, basic, 'app.ts'), 'mine')
  const { code, stdout } = await bgtasks(['reset', '3', '--yes'], { cwd })
  expect(code).toBe(0)
  const [, backup] = /is in\n {2}(.+)\n/.exec(stdout)!
  expect(readFileSync(join(backup!, basic, 'app.ts'), 'utf8')).toBe('mine')
  const [, command] = /comes back with\n {2}(.+)\n/.exec(stdout)!
  await execa(command!, { cwd, shell: true })
  expect(readFileSync(join(root, basic, 'app.ts'), 'utf8')).toBe('mine')
})

test('nothing changed: it says so', async () => {
  const { cwd } = await withSandbox()
  const { code, stdout } = await bgtasks(['reset', '3', '--yes'], { cwd })
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: 'Lesson 3 is already as it was given. Nothing was changed.\n',
  })
})

test('reset --undo brings back the last one, whatever lesson is current, and again takes it back', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, basic, 'app.ts')
  const starter = readFileSync(file, 'utf8')
  writeFileSync(file, 'mine')
  await bgtasks(['reset', '3', '--yes'], { cwd })
  expect((await bgtasks(['reset', '--undo'], { cwd })).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe('mine')
  expect((await bgtasks(['reset', '--undo', '--yes'], { cwd })).code).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(starter)
})

test('reset --all and reset --all --undo', async () => {
  const { cwd, root } = await withSandbox()
  for (const { id } of course) writeFileSync(join(root, id, 'app.ts'), `mine in ${id}`)
  await bgtasks(['reset', '--all', '--yes'], { cwd })
  expect(readFileSync(join(root, basic, 'app.ts'), 'utf8')).toContain('TODO')
  await bgtasks(['reset', '--all', '--undo'], { cwd })
  for (const { id } of course) expect(readFileSync(join(root, id, 'app.ts'), 'utf8')).toBe(`mine in ${id}`)
})

test('with nothing to undo it says so', async () => {
  const { cwd } = await withSandbox()
  const { code, stderr } = await bgtasks(['reset', '--undo'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toContain('There is nothing to undo')
})

test('killed at any moment, it loses nothing', async () => {
  const { cwd, root } = await withSandbox()
  for (let delayMs = 60; delayMs <= 240; delayMs += 15) {
    const mine = `written before the kill after ${delayMs} ms`
    for (const { id } of course) writeFileSync(join(root, id, 'app.ts'), `${mine} in ${id}`)
    const child = spawn(process.execPath, [binary, 'reset', '--all', '--yes'], { cwd, stdio: 'ignore' })
    const exited = once(child, 'exit')
    await sleep(delayMs)
    child.kill('SIGKILL')
    await exited
    for (const { id } of course) {
      expect(copies(root, join(id, 'app.ts')), `${id}, killed after ${delayMs} ms`).toContain(
        `${mine} in ${id}`,
      )
    }
    expect((await bgtasks(['list'], { cwd })).code).toBe(0)
  }
})

/** What stands at a path, and what finished backups have of it. */
function copies(root: string, path: string): readonly string[] {
  const backups = join(root, '.bgtasks', 'backups')
  const names = existsSync(backups) ? readdirSync(backups).filter((name) => !name.startsWith('.')) : []
  const files = [join(root, path), ...names.map((name) => join(backups, name, path))]
  return files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'))
}
