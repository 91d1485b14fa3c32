import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'

/**
 * What a learner gets: the package as npm packs it, installed in an empty folder and used from there.
 * The tests are the stations of one walk, in order.
 */
const root = join(import.meta.dirname, '../..')
/** Installing asks the registry for what npm's cache lacks. */
const installMs = 300_000

let workplace: string
let tarball: { readonly path: string; readonly files: readonly string[]; readonly size: number }
/** The folder the learner works in; a name as people give them. */
let home: string

beforeAll(async () => {
  workplace = await mkdtemp(join(tmpdir(), 'bgtasks-tarball-'))
  home = join(workplace, 'Übungen und mehr')
  await mkdir(home)
  tarball = await pack()
  const { exitCode, all } = await run('npm', [
    'install',
    '--prefer-offline',
    '--loglevel=error',
    tarball.path,
  ])
  expect(exitCode, all).toBe(0)
}, installMs)

afterAll(() => rm(workplace, { recursive: true, force: true }))

test('the package holds what the course needs and nothing else', () => {
  const wanted = [
    /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|bin\/bgtasks-learn\.js)$/,
    /^dist\/(src|lessons)\/.+\.js$/,
    /^dist\/src\/background\/.+\.d\.ts$/,
    /^docs\/.+\.(md|svg)$/,
    /^lessons\/\d\d-[\w-]+\/lesson\.md$/,
    /^sandbox\/(README\.md|package\.json|tsconfig\.json|gitignore)$/,
    /^(sandbox|solutions)\/\d\d-[\w-]+\/[\w.-]+$/,
  ]
  expect(tarball.files.filter((file) => !wanted.some((pattern) => pattern.test(file)))).toEqual([])
  expect(tarball.files.filter((file) => /log\.txt|\.map$|\.test\./.test(file))).toEqual([])
  const needed = [
    'LICENSE',
    'README.md',
    'bin/bgtasks-learn.js',
    'dist/src/background/index.d.ts',
    'dist/src/cli/main.js',
    'dist/src/lab/child/host.js',
    'lessons/03-basic-example/lesson.md',
    'sandbox/03-basic-example/app.ts',
    'sandbox/gitignore',
    'solutions/03-basic-example/app.ts',
  ]
  expect(needed.filter((file) => !tarball.files.includes(file))).toEqual([])
  expect(tarball.size).toBeLessThan(300_000)
})

test('its types are found by whoever imports it', async () => {
  const { exitCode, all } = await run('attw', [tarball.path, '--profile=esm-only', '--no-color'])
  expect(exitCode, all).toBe(0)
})

test('without a terminal, the bare command makes the sandbox and says what is next', async () => {
  const { exitCode, stdout, all } = await learner([])
  expect(exitCode, all).toBe(0)
  expect(stdout).toContain('npx bgtasks-learn check 1')
  expect(await readdir(join(home, 'bgtasks-sandbox'))).toEqual(
    expect.arrayContaining(['01-what-are-background-tasks', '07-under-the-hood', 'package.json']),
  )
})

test('the starter of lesson 3 fails and says why', async () => {
  const { exitCode, stdout, all } = await learner(['check', '3', '--json'])
  expect(exitCode, all).toBe(1)
  const { verdict, steps } = JSON.parse(stdout) as Judged
  expect(verdict).toBe('failed')
  expect(steps.find(({ status }) => status === 'failed')).toMatchObject({
    mistake: expect.any(String),
    detail: expect.any(String),
  })
})

test('a right answer passes, and the next lesson becomes the current one', async () => {
  await writeFile(join(home, 'bgtasks-sandbox/03-basic-example/app.ts'), answer)
  const { exitCode, all } = await learner(['check', '3'])
  expect(exitCode, all).toBe(0)
  const { stdout } = await learner(['list', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ current: '04-sending-email' })
})

test('the sandbox opens in an editor without red lines', async () => {
  const { exitCode, all } = await run('tsc', ['--project', 'bgtasks-sandbox'])
  expect(exitCode, all).toBe(0)
})

test('the middleware is typed: a wrong argument is caught', async () => {
  await writeFile(join(home, 'own.mts'), consumer)
  const options = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node']
  const { exitCode, all } = await run('tsc', [...options, '--outDir', 'out', 'own.mts'])
  expect(exitCode, all).toBe(0)
})

test('the middleware works in an app of its own', async () => {
  const { stdout } = await run('node', ['out/own.mjs'])
  expect(stdout.split('\n').toSorted()).toEqual(['ran', 'replied'])
})

interface Judged {
  readonly verdict: string
  readonly steps: readonly { readonly status: string }[]
}

/** Not the model answer: no middleware, another way to append. */
const answer = `import { appendFile } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  setTimeout(() => appendFile('log.txt', msg + '\\n', () => {}), 0)
  return c.json({ status: 'Message logged in background' })
})

export default app
`

const consumer = `import { serve } from '@hono/node-server'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())
app.get('/', (c) => {
  c.var.backgroundTasks.addTask(async (line: string) => {
    console.log(line)
    server.close()
  }, 'ran')
  // @ts-expect-error a number is no string
  if (c.req.query('wrong')) c.var.backgroundTasks.addTask((line: string) => console.log(line), 1)
  return c.text('replied')
})

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, async ({ port }) => {
  console.log(await (await fetch('http://127.0.0.1:' + port, { headers: { connection: 'close' } })).text())
})
`

/** Packs what the tests were built from; scripts would clean it away under the other tests' feet. */
async function pack(): Promise<typeof tarball> {
  const { stdout } = await execa(
    'npm',
    ['pack', '--ignore-scripts', '--json', '--loglevel=error', '--pack-destination', workplace],
    { cwd: root, stdin: 'ignore' },
  )
  const [packed] = JSON.parse(stdout) as [{ filename: string; size: number; files: { path: string }[] }]
  const files = packed.files.map(({ path }) => path)
  return { path: join(workplace, packed.filename), size: packed.size, files }
}

/** As typed by a learner who has no network any more. */
async function learner(command: readonly string[]) {
  return run('npx', ['bgtasks-learn', ...command], { npm_config_offline: 'true' })
}

/**
 * In the learner's folder. `npm test` tells its children through the environment which package they
 * belong to; a learner's shell does not.
 */
async function run(command: string, args: readonly string[], env: Record<string, string> = {}) {
  const ours = /^(npm_(package|lifecycle|config_local_prefix)|BGTASKS_|NODE_OPTIONS|VITEST)/
  const inherited = Object.entries(process.env).filter(([name]) => !ours.test(name))
  return execa(command, args, {
    cwd: home,
    env: { ...Object.fromEntries(inherited), ...env },
    extendEnv: false,
    preferLocal: true,
    localDir: root,
    stdin: 'ignore',
    reject: false,
    all: true,
  })
}
