import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { judge } from '../../dist/src/check/judge.js'
import { defineCheck } from '../../dist/src/check/define-check.js'
import { reply } from '../../dist/src/check/reply.js'
import { runProbe } from '../../dist/src/lab/run-probe.js'
import { lessonFolder } from './lesson-folder.ts'

const check = defineCheck({
  async probe({ server }) {
    await server.post('/', { as: 'only' })
    await server.settles({ lines: 0 })
  },
  expectations: [reply('only').hasStatus(200)],
})

async function firstStep(files: Readonly<Record<string, string>>, name?: string) {
  const trace = await runProbe({ lessonDir: await lessonFolder(files, name), probe: check.probe })
  return { step: judge(check, trace).steps[0]!, trace }
}

const answers = `export default { fetch: () => new Response('ok') }`

describe('an app that cannot be started', () => {
  it.each([
    ['a syntax error', `const a = 1\nconst = 2\n`, 'app.ts:2', /syntax error/],
    [
      'a throw at import',
      `const a: number = 1\n\nthrow new Error('no database')\n`,
      'app.ts:3',
      /no database/,
    ],
    ['an import of a missing file', `import './nothing.ts'\n`, undefined, /nothing\.ts/],
    ['an import of a missing name', `import { nope } from 'node:fs'\nnope()\n${answers}`, 'app.ts:1', /nope/],
    ['no default export', `const app = 1\n`, undefined, /no default export/],
    ['a default export without fetch', `export default {}\n`, undefined, /has no fetch/],
    ['an exit at import', `process.exit(3)\n`, undefined, /exit code 3/],
    [
      'an endless await at import',
      `await new Promise(() => {})\n${answers}`,
      undefined,
      /never came to an end/,
    ],
    ['an endless loop at import', `for (;;) {}\n`, undefined, /did not come to an end/],
    [
      'an app that listens by itself',
      `import { createServer } from 'node:http'\ncreateServer().listen(0, '127.0.0.1')\n`,
      undefined,
      /listens on a port of its own/,
    ],
  ])('%s', async (_, source, where, detail) => {
    const { step } = await firstStep({ 'app.ts': source })
    expect(step).toMatchObject({ status: 'failed', mistake: 'does-not-start', ...(where ? { where } : {}) })
    expect(step.detail).toMatch(detail)
  })

  it('no app at all', async () => {
    const { step } = await firstStep({ 'notes.md': '' })
    expect(step).toMatchObject({
      mistake: 'does-not-start',
      detail: expect.stringMatching(/no app\.ts/) as string,
    })
  })

  it('both app.ts and app.js', async () => {
    const { step } = await firstStep({ 'app.ts': answers, 'app.js': answers })
    expect(step).toMatchObject({ mistake: 'does-not-start', detail: expect.stringMatching(/both/) as string })
  })
})

describe('an app that starts and then goes wrong', () => {
  const handler = (body: string) =>
    `export default {\n  async fetch(): Promise<Response> {\n    ${body}\n  },\n}\n`

  it.each([
    ['never answers', 'return await new Promise(() => {})', 'never-replies', undefined],
    ['exits', 'process.exit(7)', 'crashes-server', undefined],
    [
      'throws where nobody catches',
      `setImmediate(() => { throw new Error('late') })\nreturn new Response('ok')`,
      'crashes-server',
      'app.ts:3',
    ],
    [
      'rejects where nobody listens',
      `void Promise.reject(new Error('late'))\nreturn new Response('ok')`,
      'crashes-server',
      'app.ts:3',
    ],
    [
      'stops the event loop',
      `const end = Date.now() + 2500\nwhile (Date.now() < end);\nreturn new Response('ok')`,
      'blocks-event-loop',
      undefined,
    ],
    ['loops for ever', 'for (;;);', 'blocks-event-loop', 'app.ts:3'],
    [
      'hands over a result',
      `setImmediate(Promise.resolve() as never)\nreturn new Response('ok')`,
      'called-not-passed',
      'app.ts:3',
    ],
    [
      'has no such route',
      `return new Response('404 Not Found', { status: 404 })`,
      'route-missing',
      undefined,
    ],
  ])('%s', async (_, body, mistake, where) => {
    const { step } = await firstStep({ 'app.ts': handler(body) })
    expect(step).toMatchObject({ status: 'failed', mistake, ...(where ? { where } : {}) })
  })

  it('prints without end: the output is cut, and the trace says so', async () => {
    const { step, trace } = await firstStep({
      'app.ts': `setInterval(() => { for (let i = 0; i < 1000; i++) console.log('noise '.repeat(20)) }, 1)\n${answers}`,
    })
    expect(step.status).toBe('passed')
    const printed = trace.events.filter((event) => event.kind === 'console')
    expect(printed.at(-1)?.text).toMatch(/cut here: more than 64 KB/)
    expect(printed.length).toBeLessThan(2000)
  })
})

describe('the lab itself', () => {
  it('works in a folder with spaces and letters that are not ASCII', async () => {
    const { step } = await firstStep(
      { 'app.ts': `import './größe'\n${answers}`, 'größe.ts': `interface A {}\n` },
      'mein Übungs ordner 日本',
    )
    expect(step.status).toBe('passed')
  })

  it('refuses a log that is a folder', async () => {
    await expect(firstStep({ 'app.ts': answers, 'log.txt/file': '' })).rejects.toThrow(/log\.txt is a folder/)
  })

  it('names the line in a file of a folder that has to be percent-encoded', async () => {
    const { step } = await firstStep({ 'app.ts': `interface A { a: 1 }\n\nthrow new Error('x')\n` }, 'a b ü')
    expect(step.where).toBe('app.ts:3')
  })

  it('ends at once when it is interrupted, and leaves no process', async () => {
    const stop = new AbortController()
    const pids: number[] = []
    const folder = await lessonFolder({
      'app.ts': `console.log('pid', process.pid)\nsetInterval(() => {}, 1000)\nexport default { fetch: () => new Promise(() => setTimeout(() => {}, 60_000)) }`,
    })
    const run = runProbe({
      lessonDir: folder,
      probe: check.probe,
      signal: stop.signal,
      onEvent(event) {
        if (event.kind === 'console') pids.push(Number(event.text.split(' ')[1]))
        if (event.kind === 'handling') stop.abort(new Error('interrupted'))
      },
    })
    await expect(run).rejects.toThrow('interrupted')
    expect(pids).toHaveLength(1)
    await gone(pids[0]!)
  })

  it('knows where a task was handed over, and lets its error go on', async () => {
    const { step, trace } = await firstStep({
      'app.ts': `import { AsyncResource } from 'node:async_hooks'
import { appendFile } from 'node:fs/promises'
class Queue {
  add(task: () => Promise<void>) {
    const scope = new AsyncResource('Queue')
    setImmediate(() => scope.runInAsyncScope(task))
  }
}
async function send() {
  await appendFile('log.txt', 'sent')
  throw new Error('nobody at home')
}
const queue = new Queue()
export default {
  fetch() {
    queue.add(send)
    return new Response('ok')
  },
}`,
    })
    expect(step).toMatchObject({ mistake: 'crashes-server', where: 'app.ts:11' })
    const told = trace.events.filter(({ kind }) => kind === 'write' || kind === 'task-failed')
    expect(told).toMatchObject([
      { kind: 'write', where: 'app.ts:10', added: 'app.ts:5' },
      {
        kind: 'task-failed',
        task: 'send',
        message: 'Error: nobody at home',
        where: 'app.ts:11',
        added: 'app.ts:5',
      },
    ])
  })

  it('erases what only TypeScript has, and finds files as editors do', async () => {
    const { step } = await firstStep({
      'app.ts': `import { Colour, Named } from './kinds'\nimport { answer } from './lib/index.js'\nclass A implements Named { constructor(readonly name: string) {} }\nvoid new A(Colour[Colour.Red]!)\nexport default { fetch: () => new Response(answer) }`,
      'kinds.ts': `export enum Colour { Red }\nexport interface Named { name: string }\n`,
      'lib/index.ts': `export const answer = 'ok' satisfies string\n`,
    })
    expect(step).toMatchObject({ status: 'passed' })
  })
})

describe('the other endings of TypeScript', () => {
  const fetches = (from: string) =>
    `import { answer } from '${from}'\nexport default { fetch: () => new Response(answer as string) }`

  it.each([
    ['./tasks.mts', 'tasks.mts', `export const answer: string = 'ok'\n`],
    ['./tasks.mjs', 'tasks.mts', `export enum Kind { A }\nexport const answer = 'ok' satisfies string\n`],
    ['./tasks.cts', 'tasks.cts', `const answer: string = 'ok'\nmodule.exports = { answer }\n`],
    ['./tasks.cjs', 'tasks.cts', `interface A {}\nexports.answer = 'ok' as string\n`],
  ])('%s finds %s', async (from, file, source) => {
    const { step } = await firstStep({ 'app.ts': fetches(from), [file]: source })
    expect(step).toMatchObject({ status: 'passed' })
  })

  it('name their lines', async () => {
    for (const file of ['tasks.mts', 'tasks.cts']) {
      const source = `interface A {\n  a: 1\n}\nthrow new Error('no database')\n`
      const { step } = await firstStep({ 'app.ts': `import './${file}'\n${answers}`, [file]: source })
      expect(step).toMatchObject({ mistake: 'does-not-start', where: `${file}:4` })
    }
  })
})

async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await delay(25)
  }
  throw new Error(`process ${pid} is still alive`)
}
