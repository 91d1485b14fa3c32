import { describe, expect, it } from 'vitest'
import type { Probe } from '../../dist/src/check/probe.js'
import type { TraceEvent, TraceEventOf } from '../../dist/src/check/trace.js'
import { runProbe } from '../../dist/src/lab/run-probe.js'
import { lessonFolder } from './lesson-folder.ts'

const app = (made: string, then = '') => `import { Worker } from 'node:worker_threads'
export default {
  async fetch(): Promise<Response> {
    const worker = ${made}
    worker.on('error', console.error)
    ${then}
    return new Response('ok')
  },
}
`

async function trace(files: Readonly<Record<string, string>>, probe: Probe) {
  const { events } = await runProbe({ lessonDir: await lessonFolder(files), probe })
  return {
    events,
    of: <K extends TraceEvent['kind']>(kind: K) =>
      events.filter((event): event is TraceEventOf<K> => event.kind === kind),
  }
}

const held: Probe = async ({ server, log }) => {
  await log.hold()
  await server.post('/', { as: 'only' })
  await server.settles({ lines: 0 })
  await log.release()
  await server.settles({ lines: 1 })
}

describe('a worker thread', () => {
  const text = `require('node:fs/promises').appendFile('log.txt', 'line\\\\n')`
  const file = (write: string) => ({
    'app.ts': app(
      `new Worker(new URL('./writer.js', import.meta.url))`,
      `await new Promise((resolve) => worker.on('exit', resolve))`,
    ),
    'writer.js': `import { appendFile, open } from 'node:fs/promises'
import { appendFileSync, createWriteStream } from 'node:fs'
${write}
`,
  })

  it.each([
    ['a text', { 'app.ts': app(`new Worker(\`${text}\`, { eval: true })`) }, undefined],
    ['a file that awaits its write', file(`await appendFile('log.txt', 'line\\n')`), 'writer.js:3'],
    ['a file that leaves its write alone', file(`void appendFile('log.txt', 'line\\n')`), 'writer.js:3'],
    [
      'a file that writes while the handler waits',
      file(`appendFileSync('log.txt', 'line\\n')`),
      'writer.js:3',
    ],
    [
      'a file with a stream',
      file(`createWriteStream('log.txt', { flags: 'a' }).end('line\\n')`),
      'writer.js:3',
    ],
    ['a file with a FileHandle', file(`await (await open('log.txt', 'a')).write('line\\n')`), 'writer.js:3'],
  ])('made of %s waits at the gate, and names its line', async (_, files, where) => {
    const { of } = await trace(files, held)
    const [write, ...others] = of('write')
    const [worker] = of('worker-started')
    expect(others).toEqual([])
    expect(write).toMatchObject({ file: 'log.txt', text: 'line\n', held: true, thread: worker!.id })
    expect(write?.where).toBe(where)
    expect(worker).toMatchObject({ where: 'app.ts:4', request: 'only' })
    expect(of('line').map((line) => line.text)).toEqual(['line'])
    expect(of('worker-ended')).toMatchObject([{ id: worker!.id }])
    expect(of('console')).toEqual([])
  })

  it('finds its arguments and options as they would be by hand', async () => {
    const source = `require('node:worker_threads').parentPort.postMessage(
      JSON.stringify([process.argv.length, process.execArgv, require('node:worker_threads').workerData]))`
    const made = `new Worker(\`${source}\`, { eval: true, workerData: 7, argv: ['a'] })`
    const { of } = await trace(
      { 'app.ts': app(made, `worker.on('message', (told) => console.log(told))`) },
      held,
    )
    expect(of('console').map((event) => event.text)).toEqual(['[3,["--enable-source-maps"],7]'])
  })

  it('may be made of a TypeScript file, or of the app itself', async () => {
    const source = (name: string) => `import { appendFileSync } from 'node:fs'
import { isMainThread, Worker } from 'node:worker_threads'
enum Line { Own = 'line\\n' }
if (!isMainThread) appendFileSync('log.txt', Line.Own)
const app = {
  fetch(): Response {
    new Worker(new URL('${name}', import.meta.url))
    return new Response('ok')
  },
}
export default app
`
    for (const name of ['./writer.ts', './app.ts']) {
      const { of } = await trace({ 'app.ts': source(name), 'writer.ts': source('') }, held)
      expect(of('write')).toMatchObject([{ text: 'line\n', where: `${name.slice(2)}:4` }])
    }
  })

  it('is no longer waited for when it is ended while its write is held', async () => {
    const made = `new Worker(\`${text}\`, { eval: true })`
    const { of } = await trace(
      { 'app.ts': app(made, 'setTimeout(() => worker.terminate(), 400)') },
      async ({ server, log }) => {
        await log.hold()
        await server.post('/', { as: 'only' })
        await server.settles({ lines: 0 })
        await log.release()
        await server.settles({ lines: 0 })
      },
    )
    expect(of('write')).toMatchObject([{ held: true }])
    expect(of('line')).toEqual([])
    expect(of('idle').at(-1)).toMatchObject({ proved: true })
  })
})
