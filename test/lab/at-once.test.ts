import { expect, it } from 'vitest'
import { runProbe } from '../../dist/src/lab/run-probe.js'
import { lessonFolder } from './lesson-folder.ts'

it.each([
  ['answers', '', true],
  ['awaits what is known already', 'await Promise.resolve()', true],
  ['awaits a timer', 'await new Promise((resolve) => setTimeout(resolve))', false],
  ['awaits a file', `await readFile('app.ts')`, false],
  ['awaits a child process', `await once(spawn(process.execPath, ['-v']), 'exit')`, false],
])('a handler that %s: its response begins at once or not', async (_, body, atOnce) => {
  const app = `import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
export default {
  async fetch(): Promise<Response> {
    ${body}
    return new Response('ok')
  },
}
void [spawn, once, readFile]
`
  const { events } = await runProbe({
    lessonDir: await lessonFolder({ 'app.ts': app }),
    async probe({ server }) {
      await server.post('/', { as: 'only' })
    },
  })
  expect(events.filter(({ kind }) => kind === 'responding')).toMatchObject([{ request: 'only', atOnce }])
})
