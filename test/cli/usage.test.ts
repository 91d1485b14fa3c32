import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../course/temporary-folder.ts'
import { bgtasks, binary, repository } from './bgtasks-learn.ts'

test.each([
  [['chek'], /Unknown command 'chek'/, /Did you mean check\?/],
  [['list', '--jsno'], /Unknown option '--jsno'/, /Did you mean --json\?/],
  [['--plian'], /Unknown option '--plian'/, /Did you mean --plain\?/],
  [['check', '3', '4'], /Too many arguments/, /--help/],
  [['check', '3', '--all'], /a lesson or --all, not both/, /--help/],
  [['check', '--all', '--svg', 'a.svg'], /--svg draws one lesson/, /--help/],
  [['list', '--dir'], /argument missing/, /--help/],
])('%j is wrong usage', async (args, message, hint) => {
  const cwd = temporaryFolder()
  const { code, stdout, stderr } = await bgtasks(args, { cwd })
  expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(hint)
  expect(stderr).not.toContain('    at ')
})

test('a command that resembles none gets no silly suggestion', async () => {
  const { code, stderr } = await bgtasks(['frobnicate'], { cwd: temporaryFolder() })
  expect(code).toBe(64)
  expect(stderr).not.toContain('Did you mean')
})

test('--help and --version make nothing', async () => {
  const cwd = temporaryFolder()
  const help = await bgtasks(['--help'], { cwd })
  expect(help.code).toBe(0)
  for (const command of ['list', 'read', 'check', 'hint', 'solution', 'reset', 'doctor']) {
    expect(help.stdout).toContain(`\n  ${command} `)
  }
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string
  }
  expect(await bgtasks(['--version'], { cwd })).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  expect(existsSync(join(cwd, 'bgtasks-sandbox'))).toBe(false)
})

test('global options stand before or after the command', async () => {
  const cwd = temporaryFolder()
  const before = await bgtasks(['--dir', 'mine', '--plain', 'hint', '2'], { cwd })
  const after = await bgtasks(['hint', '2', '--dir', 'mine', '--plain'], { cwd })
  expect(before.stdout).toContain('Hint 1')
  expect(after.stdout).toContain('Hint 2')
})

test('with --json an error is JSON on stdout', async () => {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'full', 'of'), { recursive: true })
  const { code, stdout, stderr } = await bgtasks(['list', '--json', '--dir', 'full'], { cwd })
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({
    schema: 1,
    error: { message: expect.stringContaining('is not a sandbox'), hint: expect.stringContaining('--dir') },
  })
})

test('a hint with a command shows it as this person has to type it', async () => {
  const cwd = temporaryFolder()
  const npx = await bgtasks(['read', '99', '--dir', 'a b'], { cwd, env: { npm_command: 'exec' } })
  expect(npx.stderr).toContain("`npx bgtasks-learn list --dir 'a b'`")
})

test('an old Node is told so, and what to do', async () => {
  const old = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})"
  const { code, stderr } = await bgtasks(['list'], { cwd: temporaryFolder(), node: ['--import', old] })
  expect(code).toBe(1)
  expect(stderr).toMatch(/needs Node 20\.19 or newer.*this is Node 18\.20\.4\.\nInstall/)
  expect(stderr).not.toContain('    at ')
})

test('the binary asks for the versions that package.json asks for, in words that an old Node knows', () => {
  const { engines } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    engines: { node: string }
  }
  expect(engines.node).toBe('^20.19.0 || >=22.12.0')
  const source = readFileSync(binary, 'utf8')
  expect(source).toContain('20.19 or newer, or 22.12 or newer')
  expect(source).not.toMatch(/=>|\b(const|let|await)\b|^import |\?\./m)
})

test('without a build it says so', async () => {
  const cwd = temporaryFolder()
  cpSync(join(repository, 'bin'), join(cwd, 'bin'), { recursive: true })
  cpSync(join(repository, 'package.json'), join(cwd, 'package.json'))
  const ended = await execa(process.execPath, ['bin/bgtasks-learn.js'], { cwd, reject: false })
  expect(ended.exitCode).toBe(1)
  expect(ended.stderr).toMatch(/is not built yet\.\nRun `npm install && npm run build`/)
})

test('a bug of ours ends with 70 and says what to report', async () => {
  const cwd = temporaryFolder()
  // An installation that lost a lesson's text cannot be fixed by a learner.
  for (const part of ['bin', 'dist', 'lessons', 'sandbox', 'package.json']) {
    cpSync(join(repository, part), join(cwd, part), { recursive: true })
  }
  symlinkSync(join(repository, 'node_modules'), join(cwd, 'node_modules'))
  rmSync(join(cwd, 'lessons', '03-basic-example', 'lesson.md'))
  const ended = await execa(process.execPath, ['bin/bgtasks-learn.js', 'read', '3'], { cwd, reject: false })
  expect(ended.exitCode).toBe(70)
  expect(ended.stderr).toMatch(/bug of ours[^]*ENOENT[^]*\n +at [^]*Please report it[^]*Node \d+/)
})

test('an error in an event handler ends in the same place', async () => {
  // As soon as somebody listens for such errors, one comes.
  const late =
    "data:text/javascript,process.on('newListener',(name)=>{if(name==='uncaughtException')" +
    "setImmediate(()=>{throw new Error('out of the blue')})})"
  const { code, stderr } = await bgtasks(['doctor'], { cwd: temporaryFolder(), node: ['--import', late] })
  expect(code).toBe(70)
  expect(stderr).toMatch(/bug of ours[^]*out of the blue/)
})
