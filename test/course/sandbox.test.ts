import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LearnerError } from '../../src/check/learner-error.ts'
import { course } from '../../src/course/lessons.ts'
import { prepareLesson } from '../../src/course/mend.ts'
import { inspectSandbox, openSandbox, type Sandbox } from '../../src/course/sandbox.ts'
import { temporaryFolder } from './temporary-folder.ts'

const repository = join(import.meta.dirname, '..', '..')
const env = {}

function open(cwd: string): Sandbox {
  return openSandbox({ cwd, env })
}

test('a sandbox is made where there is nothing yet', () => {
  const cwd = temporaryFolder()
  const { root, made, mended } = open(cwd)
  expect({ root, made, mended }).toEqual({ root: join(cwd, 'bgtasks-sandbox'), made: true, mended: [] })
  const folders = course.map(({ id }) => id)
  expect(readdirSync(root).sort()).toEqual(
    [
      '.bgtasks',
      '.gitignore',
      'README.md',
      'node_modules',
      'package.json',
      'tsconfig.json',
      ...folders,
    ].sort(),
  )
  expect(readFileSync(join(root, '03-basic-example', 'app.ts'))).toEqual(
    readFileSync(join(repository, 'sandbox', '03-basic-example', 'app.ts')),
  )
})

test('an empty folder becomes one, and what file managers leave does not count', () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'bgtasks-sandbox'))
  writeFileSync(join(cwd, 'bgtasks-sandbox', '.DS_Store'), '')
  expect(open(cwd).made).toBe(true)
})

test('a second look changes nothing and says nothing', () => {
  const cwd = temporaryFolder()
  open(cwd)
  expect(open(cwd)).toMatchObject({ made: false, mended: [] })
})

test('--dir wins over $BGTASKS_DIR, which wins over the sandbox around, which wins over ./bgtasks-sandbox', () => {
  const cwd = temporaryFolder()
  const around = open(cwd).root
  const inside = join(around, '03-basic-example')
  const environment = { BGTASKS_DIR: join(cwd, 'from-environment') }
  expect(inspectSandbox({ dir: 'mine', cwd: inside, env: environment }).root).toBe(join(inside, 'mine'))
  expect(inspectSandbox({ cwd: inside, env: environment }).root).toBe(join(cwd, 'from-environment'))
  expect(inspectSandbox({ cwd: inside, env: { BGTASKS_DIR: '' } }).root).toBe(around)
  expect(inspectSandbox({ cwd, env }).root).toBe(around)
})

test('the path is the real one, so that links to it do not matter', () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'real'))
  symlinkSync(join(cwd, 'real'), join(cwd, 'link'))
  expect(openSandbox({ dir: 'link', cwd, env }).root).toBe(join(cwd, 'real'))
})

test('a folder with other content is refused and left as it is', () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'thesis.txt'), 'mine')
  expect(() => openSandbox({ dir: '.', cwd, env })).toThrow(
    /is not a sandbox of this course and has other files in it/,
  )
  expect(readdirSync(cwd)).toEqual(['thesis.txt'])
})

test('a file is refused', () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'file'), '')
  expect(() => openSandbox({ dir: 'file', cwd, env })).toThrow(/is a file, not a folder/)
  expect(() => openSandbox({ dir: 'file/below', cwd, env })).toThrow(/a part of that path is a file/)
})

test("the course's own starters are not solved in, though they look like a sandbox", () => {
  const starters = join(repository, 'sandbox')
  expect(() => openSandbox({ dir: starters, cwd: temporaryFolder(), env })).toThrow(
    /the course's own starters/,
  )
  expect(inspectSandbox({ cwd: join(starters, '03-basic-example'), env }).kind).toBe('vacant')
})

test('a sandbox is recognised without .bgtasks, and without its package.json', () => {
  const cwd = temporaryFolder()
  const { root } = open(cwd)
  rmSync(join(root, '.bgtasks'), { recursive: true })
  expect(open(cwd)).toMatchObject({ root, made: false })
  unlinkSync(join(root, 'package.json'))
  expect(open(cwd).mended.join()).toContain('package.json')
})

test('the tilde that a shell left alone means the home folder', () => {
  const cwd = temporaryFolder()
  expect(inspectSandbox({ dir: '~/course', cwd, env: { HOME: cwd } }).root).toBe(join(cwd, 'course'))
  expect(() => inspectSandbox({ dir: '~/course', cwd, env })).toThrow(/this system names none/)
})

test("hono, the node server, Node's types and our own package are found from a lesson", () => {
  const { root } = open(temporaryFolder())
  const { resolve } = createRequire(join(root, '03-basic-example', 'app.ts'))
  for (const name of [
    'hono',
    '@hono/node-server',
    '@types/node/package.json',
    'bgtasks-learn/package.json',
  ]) {
    expect(existsSync(resolve(name))).toBe(true)
  }
})

test('a link that is gone, broken or leads elsewhere is mended; a package of the learner is left alone', () => {
  const cwd = temporaryFolder()
  const { root } = open(cwd)
  const modules = join(root, 'node_modules')
  unlinkSync(join(modules, 'hono'))
  unlinkSync(join(modules, 'bgtasks-learn'))
  symlinkSync(join(cwd, 'gone'), join(modules, 'bgtasks-learn'))
  unlinkSync(join(modules, '@types', 'node'))
  symlinkSync(cwd, join(modules, '@types', 'node'))
  unlinkSync(join(modules, '@hono', 'node-server'))
  mkdirSync(join(modules, '@hono', 'node-server'))
  expect(open(cwd).mended).toEqual([
    'Missing in your sandbox and there again: the links to hono, @types/node, bgtasks-learn.',
  ])
  expect(lstatSync(join(modules, '@hono', 'node-server')).isDirectory()).toBe(true)
  expect(open(cwd).mended).toEqual([])
})

test('what was deleted is there again, said in one line, and the rest is untouched', () => {
  const cwd = temporaryFolder()
  const { root } = open(cwd)
  writeFileSync(join(root, '01-what-are-background-tasks', 'app.ts'), 'my answer')
  rmSync(join(root, '03-basic-example'), { recursive: true })
  unlinkSync(join(root, '04-sending-email', 'log.txt'))
  unlinkSync(join(root, '05-combining-with-depends', 'app.ts'))
  rmSync(join(root, 'node_modules'), { recursive: true })
  expect(open(cwd).mended).toEqual([
    'Missing in your sandbox and there again: 03-basic-example; 04-sending-email/log.txt; ' +
      `${join('05-combining-with-depends', 'app.ts')}; ` +
      'the links to hono, @hono/node-server, @types/node, bgtasks-learn.',
  ])
  expect(readdirSync(join(root, '03-basic-example')).sort()).toEqual(['app.ts', 'log.txt'])
  expect(readFileSync(join(root, '01-what-are-background-tasks', 'app.ts'), 'utf8')).toBe('my answer')
})

test('an answer in app.js is an answer: app.ts is not put beside it', () => {
  const cwd = temporaryFolder()
  const { root } = open(cwd)
  unlinkSync(join(root, '03-basic-example', 'app.ts'))
  writeFileSync(join(root, '03-basic-example', 'app.js'), '')
  expect(open(cwd).mended).toEqual([])
  expect(readdirSync(join(root, '03-basic-example')).sort()).toEqual(['app.js', 'log.txt'])
})

test('log.txt being a folder is said before a server is started', () => {
  const { root } = open(temporaryFolder())
  const lesson = course[2]!
  unlinkSync(join(root, lesson.id, 'log.txt'))
  mkdirSync(join(root, lesson.id, 'log.txt'))
  expect(() => prepareLesson(root, lesson)).toThrow(/log\.txt is a folder/)
})

test('a file where the lesson should be is said, with the command that helps', () => {
  const { root } = open(temporaryFolder())
  const lesson = course[2]!
  rmSync(join(root, lesson.id), { recursive: true })
  writeFileSync(join(root, lesson.id), 'notes')
  const refused = expect(() => prepareLesson(root, lesson))
  refused.toThrow(LearnerError)
  refused.toThrow(/is a file, where the lesson's folder should be/)
})

test('a path with spaces and letters from elsewhere works', () => {
  const cwd = temporaryFolder('Übung für Ёлка 試し ')
  const { root } = open(cwd)
  expect(createRequire(join(root, '03-basic-example', 'app.ts')).resolve('hono')).toContain('hono')
  expect(open(join(root, '03-basic-example')).root).toBe(root)
})
