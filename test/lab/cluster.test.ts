import { describe, expect, it } from 'vitest'
import { leavesNothing, running, situation, startCheck } from './real-check.ts'

const app = (more: string, exported = 'export default app') => `
import { fork } from 'node:child_process'
import cluster from 'node:cluster'
import { writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { createServer } from 'node:http'
const app = {
  async fetch(request: Request): Promise<Response> {
    const message = new URL(request.url).searchParams.get('msg') + '\\n'
    setTimeout(() => appendFile('log.txt', message), 1)
    return Response.json({ status: 'Message logged in background' })
  },
}
function listen() {
  const server = createServer((_, response) => response.end())
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (typeof address === 'object') writeFileSync('running', String(address?.port))
  })
}
${more}
${exported}
`

const stack = /Error:|\n +at /

describe('an app that starts its own program again', () => {
  it.each([
    [
      'as a cluster, whose workers listen',
      'if (cluster.isPrimary) { cluster.fork(); cluster.fork() } else listen()',
    ],
    ['by its name', 'if (process.send) listen()\nelse fork(process.argv[1]!)'],
  ])('%s, is judged as by hand, and leaves nothing', async (_, more) => {
    const seen = situation({ 'app.ts': app(more) })
    const { ended } = startCheck(seen)
    const port = await running(seen)
    const { code, stdout, stderr } = await ended
    expect(code).toBe(0)
    expect(stdout + stderr).not.toMatch(stack)
    await leavesNothing(seen, port)
  })

  it('hears what is missing when its workers alone would answer', async () => {
    const seen = situation({ 'app.ts': app('if (cluster.isPrimary) cluster.fork()\nelse listen()', '') })
    const { code, stdout, stderr } = await startCheck(seen).ended
    expect(code).toBe(1)
    expect(stdout).toMatch(/does-not-start\s+app\.ts has no default export/)
    expect(stdout + stderr).not.toMatch(stack)
    await leavesNothing(seen)
  })
})
