import { describe, expect, it } from 'vitest'
import { runProbe } from '../../dist/src/lab/run-probe.js'
import { lessonFolder } from './lesson-folder.ts'

/** The writes to the log that one request brings about. */
async function writesOf(files: Readonly<Record<string, string>>) {
  const trace = await runProbe({
    lessonDir: await lessonFolder(files),
    async probe({ server }) {
      await server.post('/', { as: 'only' })
      await server.settles({ lines: 1 })
    },
  })
  return trace.events.filter((event) => event.kind === 'write').filter(({ file }) => file === 'log.txt')
}

const handler = (body: string) => `import { open } from 'node:fs/promises'
import { createWriteStream } from 'node:fs'
export default {
  async fetch(): Promise<Response> {
${body}
    return new Response('ok')
  },
}
`

describe('a write through a stream names the line', () => {
  it.each([
    [
      'that wrote to one made from a path',
      `    const stream = createWriteStream('log.txt', { flags: 'a' })\n    stream.end('line\\n')`,
      'app.ts:6',
    ],
    [
      'that wrote to one of a FileHandle',
      `    const stream = (await open('log.txt', 'a')).createWriteStream()\n    stream.end('line\\n')`,
      'app.ts:6',
    ],
    [
      'that made it of a FileHandle, where that lost what stood there',
      `    const stream = (await open('log.txt', 'w')).createWriteStream()\n    stream.end('line\\n')`,
      'app.ts:5',
    ],
  ])('%s', async (_, body, where) => {
    const writes = await writesOf({ 'app.ts': handler(body) })
    expect(writes).toMatchObject([{ text: 'line\n', where, stream: expect.any(Number) as number }])
  })
})
