import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { describe, expect, test } from 'vitest'
import { processesWith } from '../../dist/src/lab/child/process-table.js'
import { binary } from '../cli/bgtasks-learn.ts'
import { eventually, leavesNothing, lessonId, running, situation, startCheck } from './real-check.ts'

/** Starts every kind of child that outlives a careless owner: five of them, and two grandchildren. */
const family = `
import { spawn } from 'node:child_process'
process.on('SIGTERM', () => {})
process.on('SIGINT', () => {})
const waits = 'setInterval(() => {}, 1000)'
const parent = \`require('node:child_process').spawn(process.execPath, ['-e', '\${waits}'], { stdio: 'inherit', detached: true }); \${waits}\`
const start = (code, options) => spawn(process.execPath, ['-e', code], options)
start(waits, { stdio: 'ignore' })
start(waits, { stdio: 'ignore', detached: true }).unref()
start('process.on("SIGTERM", () => {});' + waits, { stdio: 'inherit', detached: true }).unref()
// Their children hold stdout and stderr open.
start(parent, { stdio: 'inherit' })
start(parent, { stdio: 'inherit', detached: true }).unref()
`
/** The tool, the server and the family. */
const familySize = 9

/** A server that does \`body\` with each message, having told its port. */
const server = (body: string, more = '') => ({
  'app.ts': `
import { execSync } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
${more}
export default {
  async fetch(request, { incoming }) {
    writeFileSync('running', String(incoming.socket.localPort))
    const message = new URL(request.url).searchParams.get('msg') + '\\n'
    ${body}
    return Response.json({ status: 'Message logged in background' })
  },
}
`,
})

const right = `setTimeout(() => appendFile('log.txt', message), 1)`
const forgotten = ''
const silent = `await new Promise(() => setInterval(() => {}, 1000))`

describe('nothing is left when a check ends by itself', () => {
  test.each([
    ['passed', right, 0],
    ['failed', forgotten, 1],
    ['failed at its deadline', silent, 1],
    ['failed because the server died', 'process.exit(0)', 1],
  ])('%s', async (_, body, code) => {
    const seen = situation(server(body, family))
    const { ended } = startCheck(seen)
    const port = await running(seen)
    expect(await ended).toMatchObject({ code })
    await leavesNothing(seen, port)
    // Not even the lock.
    expect(readdirSync(join(seen.root, '.bgtasks'))).not.toContain(`running-${lessonId}`)
  })
})

describe('nothing is left when a check is ended', () => {
  test.each([
    ['SIGINT to the tool alone', 'SIGINT', 1, 130],
    ['Ctrl-C: SIGINT to the whole group', 'SIGINT', -1, 130],
    ['SIGTERM', 'SIGTERM', 1, 130],
    ['SIGHUP', 'SIGHUP', -1, 130],
    ['SIGKILL', 'SIGKILL', 1, 'SIGKILL'],
    ['SIGKILL to the whole group', 'SIGKILL', -1, 'SIGKILL'],
    ['Ctrl-\\', 'SIGQUIT', -1, 'SIGQUIT'],
  ] as const)('%s', async (_, signal, to, code) => {
    const seen = situation(server(silent, family))
    const { tool, ended } = startCheck(seen)
    const port = await running(seen)
    await eventually('the whole family', () => processesWith(seen.mark).length === familySize || undefined)
    process.kill(tool.pid! * to, signal)
    expect(await ended).toMatchObject({ code })
    await leavesNothing(seen, port)
  })

  test('a terminal that is closed', async () => {
    const seen = situation(server(silent, family))
    const terminal = spawn(process.execPath, [binary, 'check', '3', '--dir', seen.root], { env: seen.env })
    const port = await running(seen)
    await eventually('the whole family', () => processesWith(seen.mark).length === familySize || undefined)
    terminal.kill('SIGHUP')
    await leavesNothing(seen, port)
  })
})

describe('nothing is left when the tool is killed while the main thread of the server', () => {
  test.each([
    ['runs in an endless loop', 'for (;;);'],
    ['waits for a shell', `execSync('sleep 1000')`],
    ['is held in front of a sync write', `appendFileSync('log.txt', message)`],
    ['has filled its pipes', `for (;;) process.stdout.write('noise '.repeat(1000))`],
  ])('%s', async (_, body) => {
    const seen = situation(server(body, family))
    const { tool, ended } = startCheck(seen)
    const port = await running(seen)
    tool.kill('SIGKILL')
    await ended
    await leavesNothing(seen, port)
  })

  test('has not come to load the app', async () => {
    const seen = situation({
      'app.ts': `import { writeFileSync } from 'node:fs'\nwriteFileSync('running', '1')\nfor (;;);`,
    })
    const { tool, ended } = startCheck(seen)
    await running(seen)
    tool.kill('SIGKILL')
    await ended
    await leavesNothing(seen)
  })
})

describe('two checks of one lesson at once', () => {
  test('the second waits for the first, and says so', async () => {
    const seen = situation(server(`setTimeout(() => appendFile('log.txt', message), 2000)`))
    const first = startCheck(seen)
    await running(seen)
    const second = startCheck(seen)
    const all = startCheck(seen, ['--all', '--json'])
    expect((await first.ended).code).toBe(0)
    const { code, stderr } = await second.ended
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^Lesson 3 is being checked by another bgtasks-learn \(process \d+\)\. Waiting/,
      ) as string,
    })
    const lessons = (
      JSON.parse((await all.ended).stdout) as { lessons: readonly { lesson: string; verdict: string }[] }
    ).lessons
    expect(lessons.find(({ lesson }) => lesson === lessonId)).toMatchObject({ verdict: 'passed' })
    await leavesNothing(seen)
  })

  test('a lock that a killed check left is taken over at once', async () => {
    const seen = situation(server(right))
    const dead = startCheck(seen)
    await running(seen)
    dead.tool.kill('SIGKILL')
    await dead.ended
    const { code, stderr } = await startCheck(seen).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('a lock that looks alive and is not, as after a restart of the machine, is taken over', async () => {
    const seen = situation(server(right))
    writeFileSync(join(seen.root, '.bgtasks', `running-${lessonId}`), `${process.pid} elsewhere 1`)
    const { code, stderr } = await startCheck(seen).ended
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(`process ${process.pid}`) as string,
    })
  })
})
