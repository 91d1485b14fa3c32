import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa, execaSync } from 'execa'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { bgtasks, binary, withSandbox } from './bgtasks-learn.ts'

test('list, read and doctor make nothing', async () => {
  const cwd = temporaryFolder()
  for (const command of ['list', 'read', 'doctor']) {
    expect((await bgtasks([command], { cwd })).code).toBe(0)
  }
  expect(readdirSync(cwd)).toEqual([])
})

test('$BGTASKS_DIR says where', async () => {
  const cwd = temporaryFolder()
  const { stderr } = await bgtasks(['hint'], { cwd, env: { BGTASKS_DIR: 'elsewhere' } })
  expect(stderr).toContain(join(cwd, 'elsewhere'))
  expect(existsSync(join(cwd, 'elsewhere', '03-basic-example', 'app.ts'))).toBe(true)
})

test('without a home directory all is well', async () => {
  const cwd = temporaryFolder()
  const { code } = await bgtasks([], { cwd, env: { HOME: '/nowhere/at/all' } })
  expect(code).toBe(0)
  expect((await bgtasks(['hint'], { cwd })).code).toBe(0)
})

test('a folder with other content is refused', async () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'bgtasks-sandbox'))
  writeFileSync(join(cwd, 'bgtasks-sandbox', 'thesis.txt'), 'mine')
  const { code, stdout, stderr } = await bgtasks(['hint'], { cwd })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/is not a sandbox/)
  expect(readdirSync(join(cwd, 'bgtasks-sandbox'))).toEqual(['thesis.txt'])
})

test('a folder that cannot be written is said', async () => {
  const cwd = temporaryFolder()
  chmodSync(cwd, 0o555)
  const { code, stderr } = await bgtasks(['hint'], { cwd, asNobody: true })
  expect(code).toBe(1)
  expect(stderr).toMatch(/Could not make .*bgtasks-sandbox: the system does not allow it\.\nCheck who owns/)
})

test('a sandbox that cannot be written any more is said', async () => {
  const { cwd, root } = await withSandbox()
  execaSync('chmod', ['-R', 'a-w', root])
  const { code, stderr } = await bgtasks(['hint'], { cwd, asNobody: true })
  execaSync('chmod', ['-R', 'u+w', root])
  expect(code).toBe(1)
  expect(stderr).toMatch(/Could not write .*: the system does not allow it/)
})

test('deleting the whole sandbox is mended by the next command', async () => {
  const { cwd, root } = await withSandbox()
  rmSync(root, { recursive: true })
  const { code, stderr } = await bgtasks(['hint', '3'], { cwd })
  expect({ code, stderr }).toEqual({ code: 0, stderr: `Made your sandbox: ${root}\n` })
})

test('deleting a lesson folder is mended, and said in one line on stderr', async () => {
  const { cwd, root } = await withSandbox()
  rmSync(join(root, '03-basic-example'), { recursive: true })
  const { stderr } = await bgtasks(['hint', '3'], { cwd })
  expect(stderr).toBe('Missing in your sandbox and there again: 03-basic-example.\n')
})

test('a damaged progress file is set aside and said', async () => {
  const { cwd, root } = await withSandbox()
  writeFileSync(join(root, '.bgtasks', 'progress.json'), '{"schema":1,"les')
  const { code, stderr } = await bgtasks(['hint', '3'], { cwd })
  expect(code).toBe(0)
  expect(stderr).toMatch(/Your progress file was damaged: it is now progress\.damaged-/)
})

test('list reads a damaged progress file and leaves it where it is', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, '.bgtasks', 'progress.json')
  writeFileSync(file, 'nonsense')
  const { code, stderr } = await bgtasks(['list'], { cwd })
  expect(code).toBe(0)
  expect(stderr).toContain('damaged')
  expect(readFileSync(file, 'utf8')).toBe('nonsense')
})

test('a progress file of a newer version is refused', async () => {
  const { cwd, root } = await withSandbox()
  writeFileSync(join(root, '.bgtasks', 'progress.json'), '{"schema":99,"lessons":{}}')
  const { code, stderr } = await bgtasks(['hint'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toMatch(/newer bgtasks-learn/)
})

test('many first uses at once make one whole sandbox', async () => {
  const cwd = temporaryFolder()
  const ended = await Promise.all(Array.from({ length: 6 }, () => bgtasks(['hint', '1'], { cwd })))
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0])
  expect((await bgtasks(['hint', '1'], { cwd })).stderr).toBe('')
})

/** A file system of a few hundred kilobytes, where the system lets us have one. */
const smallDisk = 'mount -t tmpfs -o size=300k tmpfs "$1" && cd "$1" && '
const canMount =
  process.platform === 'linux' &&
  execaSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { reject: false }).exitCode === 0

async function onSmallDisk(script: string): Promise<string> {
  const arguments_ = [
    '-rm',
    'sh',
    '-c',
    smallDisk + script,
    'sh',
    temporaryFolder(),
    process.execPath,
    binary,
  ]
  const { all } = await execa('unshare', arguments_, {
    all: true,
    reject: false,
    env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` },
    extendEnv: false,
  })
  return all
}

test.runIf(canMount)('a full disk is said, and the next command finishes the sandbox', async () => {
  const said = await onSmallDisk(
    'head -c 280k /dev/zero > big; "$2" "$3" hint 1; echo "code $?"; rm big; "$2" "$3" hint 1; echo "code $?"; ls bgtasks-sandbox',
  )
  expect(said).toMatch(/the disk is full\.\n.*Make room.*\n.*code 1\n/s)
  expect(said).toMatch(/Hint 1 of[^]*code 0\n/)
  expect(said).toContain('07-under-the-hood')
})

test.runIf(canMount)('a reset on a full disk loses nothing', async () => {
  const said = await onSmallDisk(
    '"$2" "$3" hint 1 >/dev/null 2>&1; cd bgtasks-sandbox/03-basic-example; head -c 60k /dev/zero > app.ts; cksum app.ts;' +
      ' cat /dev/zero > ../big 2>/dev/null; "$2" "$3" reset 3 --yes; echo "code $?"; cksum app.ts; ls ../.bgtasks',
  )
  const sums = [...said.matchAll(/^\d+ 61440 app\.ts$/gm)].map(([sum]) => sum)
  expect(said).toMatch(/the disk is full[^]*code 1\n/)
  expect(sums).toHaveLength(2)
  expect(sums[0]).toBe(sums[1])
})
