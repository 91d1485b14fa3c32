import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { course } from '../../src/course/lessons.ts'
import { recordVerdict } from '../../src/course/progress.ts'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { bgtasks, repository, withSandbox } from './bgtasks-learn.ts'

const basic = course[2]!

test('home without a terminal makes the sandbox and says what to do next', async () => {
  const cwd = temporaryFolder()
  const { code, stdout, stderr } = await bgtasks([], { cwd })
  expect(code).toBe(0)
  expect(stderr).toBe(`Made your sandbox: ${join(cwd, 'bgtasks-sandbox')}\n`)
  expect(stdout).toContain(`0 of ${course.length} passed`)
  expect(stdout).toContain(`Next is lesson 1: ${course[0]!.title}`)
  expect(stdout).toContain(join('bgtasks-sandbox', '01-what-are-background-tasks', 'app.ts'))
  expect(stdout).toMatch(/check 1\n/)
})

test('home goes on where the learner is', async () => {
  const { cwd, root } = await withSandbox()
  recordVerdict(root, basic.id, 'passed')
  expect((await bgtasks([], { cwd })).stdout).toContain('Next is lesson 4')
  for (const { id } of course) recordVerdict(root, id, 'passed')
  expect((await bgtasks([], { cwd })).stdout).toContain('All 7 lessons are passed')
})

test('lesson 7 is written in another file than the given app.ts', async () => {
  const { cwd, root } = await withSandbox()
  recordVerdict(root, course[5]!.id, 'passed')
  expect((await bgtasks([], { cwd })).stdout).toContain(join('07-under-the-hood', 'background.ts'))
})

test('list shows every lesson and marks the passed and the current one', async () => {
  const { cwd, root } = await withSandbox()
  recordVerdict(root, course[0]!.id, 'passed')
  const { stdout } = await bgtasks(['list'], { cwd })
  for (const { title, summary } of course) {
    expect(stdout).toContain(title)
    expect(stdout).toContain(summary)
  }
  expect(stdout).toMatch(/✓ 1 /)
  expect(stdout).toMatch(/▶ 2 /)
  expect(stdout).toMatch(/· 3 /)
})

test('list --json', async () => {
  const { cwd, root } = await withSandbox()
  recordVerdict(root, basic.id, 'passed')
  const answer = JSON.parse((await bgtasks(['list', '--json'], { cwd })).stdout) as Record<string, unknown>
  expect(answer).toMatchObject({ schema: 1, sandbox: root, current: '04-sending-email' })
  expect(answer['lessons']).toHaveLength(course.length)
  expect((answer['lessons'] as unknown[])[2]).toEqual({
    number: 3,
    id: basic.id,
    title: basic.title,
    summary: basic.summary,
    state: 'passed',
    passedAt: expect.any(String),
  })
})

test('read shows the whole text of each lesson', async () => {
  const cwd = temporaryFolder()
  for (const [index, { id }] of course.entries()) {
    const { code, stdout } = await bgtasks(['read', String(index + 1)], { cwd, env: { COLUMNS: '100' } })
    expect(code).toBe(0)
    const source = readFileSync(join(repository, 'lessons', id, 'lesson.md'), 'utf8')
    expect(words(stdout)).toEqual(words(source.replace(/^```.*$/gm, '')))
  }
})

test('read opens a lesson even where the sandbox is in trouble', async () => {
  const { cwd, root } = await withSandbox()
  writeFileSync(join(root, '.bgtasks', 'progress.json'), '{"schema":99,"lessons":{}}')
  expect((await bgtasks(['read', '3'], { cwd })).code).toBe(0)
})

test('hint shows one more each time, then all', async () => {
  const { cwd } = await withSandbox()
  const count = basic.hints.length
  for (let shown = 1; shown <= count; shown += 1) {
    const { stdout } = await bgtasks(['hint', '3'], { cwd })
    expect(stdout.match(/Hint \d of \d/g)).toEqual([`Hint ${shown} of ${count}`])
  }
  const { stdout } = await bgtasks(['hint', '3'], { cwd })
  expect(stdout.match(/Hint \d of \d/g)).toHaveLength(count)
  expect(stdout).toContain('solution 3')
})

test('hint --all shows all', async () => {
  const { cwd } = await withSandbox()
  const { stdout } = await bgtasks(['hint', '3', '--all'], { cwd })
  expect(stdout.match(/Hint \d of \d/g)).toHaveLength(basic.hints.length)
})

test('solution shows the model answer, and says first that there are hints', async () => {
  const cwd = temporaryFolder()
  const { code, stdout, stderr } = await bgtasks(['solution', '3'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain(readFileSync(join(repository, 'solutions', basic.id, 'app.ts'), 'utf8'))
  expect(stderr).toMatch(/Hints you have not seen: \d/)
})

test('solution --diff compares with what the learner has', async () => {
  const { cwd, root } = await withSandbox()
  const model = readFileSync(join(repository, 'solutions', basic.id, 'app.ts'), 'utf8')
  writeFileSync(join(root, basic.id, 'app.ts'), `${model}// mine\n`)
  expect((await bgtasks(['solution', '3', '--diff'], { cwd })).stdout).toMatch(/^-\/\/ mine$/m)
  writeFileSync(join(root, basic.id, 'app.ts'), model.replaceAll('\n', '\r\n'))
  expect((await bgtasks(['solution', '3', '--diff'], { cwd })).stdout).toMatch(/are the same/)
})

test('in the folder of another lesson than the current one, it is said which one is meant', async () => {
  const { root } = await withSandbox()
  const cwd = join(root, basic.id)
  const { code, stdout, stderr } = await bgtasks(['hint'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('Lesson 1')
  expect(stderr).toContain(`You are in ${basic.id}`)
  expect(stderr).toContain('add its number: 3.')
  expect((await bgtasks(['hint', '3'], { cwd })).stderr).toBe('')
  expect((await bgtasks(['hint'], { cwd: join(root, course[0]!.id) })).stderr).toBe('')
})

test('doctor finds a machine fit', async () => {
  const { cwd, root } = await withSandbox()
  const { code, stdout } = await bgtasks(['doctor', '--json'], { cwd })
  const { fit, findings } = JSON.parse(stdout) as {
    fit: boolean
    findings: { name: string; status: string }[]
  }
  expect({ code, fit }).toEqual({ code: 0, fit: true })
  expect(findings.map(({ name }) => name)).toEqual([
    'Node',
    'Loopback',
    'Sandbox',
    'Progress',
    'Links',
    'Logs',
    'Redis',
    'RabbitMQ',
  ])
  expect(stdout).toContain(root)
})

test('doctor names a problem and what to do about it', async () => {
  const { cwd, root } = await withSandbox()
  rmSync(join(root, basic.id, 'log.txt'))
  mkdirSync(join(root, basic.id, 'log.txt'))
  const { code, stdout } = await bgtasks(['doctor'], { cwd })
  expect(code).toBe(1)
  expect(stdout).toMatch(/✗ Logs +03-basic-example\/log\.txt: a folder/)
  expect(stdout).toContain('Rename or remove it.')
  expect(stdout).toContain('1 problem to solve first.')
})

test('doctor says of a folder that is no sandbox why', async () => {
  const { code, stdout } = await bgtasks(['doctor', '--dir', '/'], { cwd: temporaryFolder() })
  expect(code).toBe(1)
  expect(stdout).toMatch(/✗ Sandbox .*is not a sandbox/)
})

function words(text: string): readonly string[] {
  return text.match(/[\p{Letter}\p{Number}]+/gu) ?? []
}

test.skipIf(process.platform === 'win32')(
  'npx finds the tool in the sandbox, without a registry',
  async () => {
    const { root } = await withSandbox()
    const cwd = join(root, '03-basic-example')
    const { stdout } = await execa('npx', ['--offline', 'bgtasks-learn', 'list', '--json'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({ sandbox: root })
  },
)
