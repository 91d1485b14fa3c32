import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'

/**
 * The walls of the house are lint rules (`.oxlintrc.json`), and a pattern that matches nothing is
 * silent. So every wall is run against here, in a house of one-line files.
 */
const trespassers = {
  'no-restricted-imports': {
    'bin/renders.js': `import '../dist/src/ui/list.js'`,
    'src/cli/reads-a-lesson.ts': `import { lessons } from '../../lessons/index.ts'`,
    'src/cli/loads-the-middleware-late.ts': `export const load = () => import('../background/index.ts')`,
    'src/cli/starts-an-editor.ts': `import { execa } from 'execa'`,
    'src/cli/asks-by-itself.ts': `import inquirer from 'inquirer'`,
    'src/cli/programs.ts': `import { lessons } from '../../lessons/index.ts'`,
    'src/course/draws.ts': `import { list } from '../ui/list.ts'`,
    'src/course/runs-a-lab.ts': `import { run } from '../lab/index.ts'`,
    'src/course/starts-a-program.ts': `import { spawn } from 'node:child_process'`,
    'src/course/paints.ts': `import chalk from 'chalk'`,
    'src/lab/knows-lessons.ts': `export { lessons } from '../../lessons/index.ts'`,
    'src/lab/knows-progress.ts': `import type { Progress } from '../course/progress.ts'`,
    'src/lab/child/knows-the-course.ts': `export * from '../../course/progress.ts'`,
    'src/ui/loads-progress.ts': `import { progress } from '../course/progress.ts'`,
    'src/ui/reads-a-file.ts': `import { readFile } from 'node:fs/promises'`,
    'src/ui/asks.ts': `import { select } from '@inquirer/prompts'`,
    'src/ui/prompts.ts': `import { progress } from '../course/progress.ts'`,
    'src/check/paints.ts': `import chalk from 'chalk'`,
    'src/check/reads-a-file.ts': `import { readFileSync } from 'node:fs'`,
    'src/check/runs-a-lab.ts': `import { run } from '../lab/index.ts'`,
    'lessons/02-two/starts-its-own-lab.ts': `import { run } from '../../src/lab/index.ts'`,
    'src/background/knows-checks.ts': `import { judge } from '../check/judge.ts'`,
    'src/background/needs-a-package.ts': `import chalk from 'chalk'`,
  },
  'no-restricted-properties': {
    'src/cli/ends-the-process.ts': `export const stop = () => process.exit(1)`,
    'src/cli/reads-arguments.ts': `export const [, , command] = process.argv`,
    'src/course/prints.ts': `process.stdout.write('saved')`,
  },
  'no-restricted-globals': {
    'src/ui/measures-the-terminal.ts': `export const width = process.stdout.columns`,
    'src/check/looks-at-a-clock.ts': `export const now = () => Date.now()`,
    'src/check/sleeps.ts': `export const wait = () => setTimeout(() => 1, 100)`,
    'lessons/02-two/fetches.ts': `export const reply = () => fetch('http://127.0.0.1')`,
  },
  'no-console': { 'src/course/talks.ts': `console.log('saved')` },
  'no-cycle': {
    'src/course/circle-a.ts': `import { b } from './circle-b.ts'\nexport const a = (): number => b()`,
    'src/course/circle-b.ts': `import { a } from './circle-a.ts'\nexport const b = (): number => a()`,
  },
  'no-default-export': { 'src/course/default-export.ts': `export default 1` },
  'no-floating-promises': { 'src/cli/forgets.ts': `export const save = () => {\n  Promise.resolve()\n}` },
  'await-thenable': { 'src/cli/awaits.ts': `export const save = async () => {\n  await 1\n}` },
  'no-misused-promises': {
    'src/cli/listens.ts': `export const on = () => [1].forEach(async () => {\n  await Promise.resolve()\n})`,
  },
  'consistent-type-imports': {
    'src/lab/erases.ts': `import { Trace } from '../check/trace.ts'\nexport const of = (trace: Trace) => trace`,
    'src/lab/hides.ts': `export type Trace = import('../check/trace.ts').Trace`,
  },
}

const residents = {
  'bin/starts.js': `import '../dist/src/cli/main.js'`,
  'src/cli/main.ts': `process.exit(process.argv.length)`,
  'src/cli/check.ts': `export const load = () => import('../course/index.ts')`,
  'src/course/index.ts': `export { lessons } from '../../lessons/index.ts'`,
  'src/lab/index.ts': `export { spawn } from 'node:child_process'\nexport type { Trace } from '../check/trace.ts'`,
  'src/lab/child/host.ts': `console.log('ready')\nprocess.exit(0)`,
  'src/ui/list.ts': `export { default as chalk } from 'chalk'\nexport type { Trace } from '../check/trace.ts'`,
  'src/check/trace.ts': `export interface Trace {\n  readonly nonce: string\n}`,
  'src/background/index.ts': `export { Hono } from 'hono'\nexport * from 'node:async_hooks'\nconsole.error('failed')`,
  'lessons/index.ts': `export { check } from './01-one/check.ts'`,
  'lessons/01-one/check.ts': `import type { Trace } from '../../src/check/trace.ts'\nexport const check = (trace: Trace): string => trace.nonce`,
}

const root = join(import.meta.dirname, '../..')
let house: string
/** The names of the rules that a file broke. */
let complaints: Map<string, string[]>

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'bgtasks-house-'))
  await cp(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'))
  await cp(join(root, 'tsconfig.json'), join(house, 'tsconfig.json'))
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'), 'junction')
  for (const [file, text] of [residents, ...Object.values(trespassers)].flatMap(Object.entries<string>)) {
    await mkdir(dirname(join(house, file)), { recursive: true })
    await writeFile(join(house, file), `${text}\n`)
  }
  complaints = await lint(house)
})

afterAll(() => rm(house, { recursive: true, force: true }))

for (const [rule, files] of Object.entries(trespassers)) {
  test.each(Object.keys(files))(`${rule} catches %s`, (file) => {
    expect(complaints.get(file)).toContain(rule)
  })
}

test.each(Object.keys(residents))('%s is at home', (file) => {
  expect(complaints.get(file)).toBeUndefined()
})

async function lint(cwd: string): Promise<Map<string, string[]>> {
  const options = { cwd, preferLocal: true, localDir: root, reject: false, stdin: 'ignore' } as const
  const { stdout } = await execa('oxlint', ['--format=json', 'bin', 'src', 'lessons'], options)
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] }
  const byFile = new Map<string, string[]>()
  for (const { code, filename } of diagnostics) {
    const file = filename.replaceAll('\\', '/')
    // `eslint(no-console)` → `no-console`
    byFile.set(file, [...(byFile.get(file) ?? []), code.replace(/^.*\((.*)\)$/, '$1')])
  }
  return byFile
}
