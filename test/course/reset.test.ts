import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listBackups } from '../../src/course/backup.ts'
import { course } from '../../src/course/lessons.ts'
import { readProgress } from '../../src/course/progress-file.ts'
import { recordHints, recordVerdict } from '../../src/course/progress.ts'
import { changedFiles, lastBackup, resetLessons, undo } from '../../src/course/reset.ts'
import { openSandbox } from '../../src/course/sandbox.ts'
import { temporaryFolder } from './temporary-folder.ts'

const basic = '03-basic-example'
const hood = '07-under-the-hood'
const all = course.map(({ id }) => id)

interface Learner {
  readonly root: string
  readonly write: (file: string, content: string | Buffer) => void
  readonly read: (file: string) => string
  readonly undo: (lessonId?: string) => ReturnType<typeof undo>
}

function learner(): Learner {
  const { root } = openSandbox({ cwd: temporaryFolder(), env: {} })
  return {
    root,
    write: (file, content) => writeFileSync(join(root, file), content),
    read: (file) => readFileSync(join(root, file), 'utf8'),
    undo: (lessonId) => undo(root, lastBackup(root, lessonId), lessonId),
  }
}

test('a reset brings the starter back and keeps what was there', () => {
  const { root, write, read } = learner()
  const starter = read(`${basic}/app.ts`)
  write(`${basic}/app.ts`, 'mine')
  const replaced = resetLessons(root, [basic])!
  expect(replaced.paths).toEqual([`${basic}/app.ts`])
  expect(read(`${basic}/app.ts`)).toBe(starter)
  expect(readFileSync(join(replaced.backup.folder, basic, 'app.ts'), 'utf8')).toBe('mine')
})

test('nothing changed: no backup', () => {
  const { root } = learner()
  expect(resetLessons(root, all)).toBeUndefined()
  expect(existsSync(join(root, '.bgtasks', 'backups'))).toBe(false)
})

test('only what differs is backed up', () => {
  const { root, write } = learner()
  write(`${hood}/background.ts`, 'mine')
  const { backup } = resetLessons(root, [hood])!
  expect(readdirSync(join(backup.folder, hood))).toEqual(['background.ts'])
})

test('files that the learner added stay, and so does the log', () => {
  const { root, write, read } = learner()
  write(`${basic}/app.ts`, 'mine')
  write(`${basic}/queue.ts`, 'more of mine')
  write(`${basic}/log.txt`, 'hello\n')
  resetLessons(root, [basic])
  expect(read(`${basic}/queue.ts`)).toBe('more of mine')
  expect(read(`${basic}/log.txt`)).toBe('hello\n')
})

test('undo restores byte for byte, and can itself be undone', () => {
  const { root, write, read, undo: undoLast } = learner()
  const starter = read(`${basic}/app.ts`)
  const bytes = Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0xfe])
  write(`${basic}/app.ts`, bytes)
  resetLessons(root, [basic])
  undoLast()
  expect(readFileSync(join(root, basic, 'app.ts')).equals(bytes)).toBe(true)
  undoLast()
  expect(read(`${basic}/app.ts`)).toBe(starter)
  undoLast()
  expect(readFileSync(join(root, basic, 'app.ts')).equals(bytes)).toBe(true)
})

test('what was written after the reset survives the undo too', () => {
  const { root, write, read, undo: undoLast } = learner()
  write(`${basic}/app.ts`, 'before')
  resetLessons(root, [basic])
  write(`${basic}/app.ts`, 'after')
  undoLast()
  expect(read(`${basic}/app.ts`)).toBe('before')
  undoLast()
  expect(read(`${basic}/app.ts`)).toBe('after')
})

test('older resets can be undone by name', () => {
  const { root, write, read } = learner()
  write(`${basic}/app.ts`, 'one')
  const first = resetLessons(root, [basic])!
  write(`${basic}/app.ts`, 'two')
  resetLessons(root, [basic])
  undo(root, first.backup)
  expect(read(`${basic}/app.ts`)).toBe('one')
})

test('a reset of all can be undone for one lesson', () => {
  const { root, write, read, undo: undoLast } = learner()
  write(`${basic}/app.ts`, 'three')
  write(`${hood}/background.ts`, 'seven')
  resetLessons(root, all)
  undoLast(basic)
  expect(read(`${basic}/app.ts`)).toBe('three')
  expect(read(`${hood}/background.ts`)).not.toBe('seven')
  undoLast(hood)
  expect(read(`${hood}/background.ts`)).toBe('seven')
})

test('with nothing to undo it says so', () => {
  const { root } = learner()
  expect(() => lastBackup(root)).toThrow(/There is nothing to undo/)
  expect(() => lastBackup(root, basic)).toThrow(/03-basic-example was never reset/)
})

test('undoing what is already so makes no backup', () => {
  const { root, write, undo: undoLast } = learner()
  write(`${basic}/app.ts`, 'mine')
  resetLessons(root, [basic])
  write(`${basic}/app.ts`, 'mine')
  expect(undoLast()).toBeUndefined()
  expect(listBackups(root)).toHaveLength(1)
})

test('the lesson is pending again, and undo brings its progress back', () => {
  const { root, write, undo: undoLast } = learner()
  write(`${basic}/app.ts`, 'mine')
  recordVerdict(root, basic, 'passed')
  recordHints(root, basic, 2)
  const before = readProgress(root).progress
  resetLessons(root, [basic])
  expect(readProgress(root).progress.lessons[basic]).toEqual({ failures: 0, hints: 0 })
  undoLast()
  expect(readProgress(root).progress).toEqual(before)
})

test('an answer in app.js makes room for the starter, and comes back', () => {
  const { root, write, read, undo: undoLast } = learner()
  renameSync(join(root, basic, 'app.ts'), join(root, basic, 'app.js'))
  write(`${basic}/app.js`, 'mine')
  resetLessons(root, [basic])
  expect(readdirSync(join(root, basic)).sort()).toEqual(['app.ts', 'log.txt'])
  undoLast()
  expect(readdirSync(join(root, basic)).sort()).toEqual(['app.js', 'log.txt'])
  expect(read(`${basic}/app.js`)).toBe('mine')
})

test('a file in place of the lesson folder goes and comes back', () => {
  const { root, write, read, undo: undoLast } = learner()
  rmSync(join(root, basic), { recursive: true })
  write(basic, 'notes')
  resetLessons(root, [basic])
  write(`${basic}/queue.ts`, 'more')
  undoLast()
  expect(read(basic)).toBe('notes')
  undoLast()
  expect(read(`${basic}/queue.ts`)).toBe('more')
})

test('a folder in place of a file goes and comes back with all that is in it', () => {
  const { root, write, read, undo: undoLast } = learner()
  rmSync(join(root, basic, 'app.ts'))
  mkdirSync(join(root, basic, 'app.ts', 'deep'), { recursive: true })
  write(`${basic}/app.ts/deep/file`, 'down here')
  resetLessons(root, [basic])
  expect(lstatSync(join(root, basic, 'app.ts')).isFile()).toBe(true)
  undoLast()
  expect(read(`${basic}/app.ts/deep/file`)).toBe('down here')
})

test('a link is replaced, not what it leads to', () => {
  const { root, write, undo: undoLast } = learner()
  write('elsewhere.ts', 'kept elsewhere')
  rmSync(join(root, basic, 'app.ts'))
  symlinkSync('../elsewhere.ts', join(root, basic, 'app.ts'))
  resetLessons(root, [basic])
  expect(readFileSync(join(root, 'elsewhere.ts'), 'utf8')).toBe('kept elsewhere')
  undoLast()
  expect(readlinkSync(join(root, basic, 'app.ts'))).toBe('../elsewhere.ts')
})

test('a file that may only be read is reset and restored', () => {
  const { root, write, read, undo: undoLast } = learner()
  write(`${basic}/app.ts`, 'mine')
  chmodSync(join(root, basic, 'app.ts'), 0o444)
  resetLessons(root, [basic])
  undoLast()
  expect(read(`${basic}/app.ts`)).toBe('mine')
})

test('a backup that lost a file is no backup any more', () => {
  const { root, write } = learner()
  write(`${basic}/app.ts`, 'mine')
  const { backup } = resetLessons(root, [basic])!
  rmSync(join(backup.folder, basic, 'app.ts'))
  expect(() => lastBackup(root)).toThrow(/There is nothing to undo/)
})

test('changedFiles names what a reset would replace', () => {
  const { root, write } = learner()
  expect(changedFiles(root, all)).toEqual([])
  write(`${hood}/background.ts`, 'mine')
  expect(changedFiles(root, all)).toEqual([`${hood}/background.ts`])
})
