import { once } from 'node:events'
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { bgtasks, binary, repository, withSandbox } from './bgtasks-learn.ts'
import { keys, openTerminal } from './terminal.ts'

const lesson3 = '03-basic-example'

/** A port that was free just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function post(port: number, path: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST' })
  return response.json()
}

/** The real program where nobody can answer, and its output as it comes. */
function start(args: readonly string[], cwd: string) {
  const child = execa(process.execPath, [binary, ...args], { cwd, reject: false, stdin: 'ignore' })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await child
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  return {
    child,
    output: () => output,
    async says(text: string, times = 1): Promise<void> {
      while (output.split(text).length <= times) {
        const more = once(child.stdout, 'data', { signal: AbortSignal.timeout(30_000) })
        await more.catch((error: unknown) => {
          throw new Error(`Waited for “${text}”:\n${output}`, { cause: error })
        })
      }
    },
  }
}

test('it answers requests, draws each, shows the log grow, and starts again on a save', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, lesson3, 'app.ts')
  copyFileSync(join(repository, 'solutions', lesson3, 'app.ts'), file)
  const port = await freePort()
  const run = start(['run', '3', '--port', `${port}`], cwd)
  await run.says('The server is up')
  expect(run.output()).toContain(`curl -X POST "http://127.0.0.1:${port}/log/?msg=hello"`)

  expect(await post(port, '/log/?msg=hello')).toEqual({ status: 'Message logged in background' })
  await run.says('POST /log/?msg=hello')
  await run.says('200 after')
  await run.says('log.txt │ hello')
  // The drawing's legend: the line is written after the response is out.
  await run.says('response is out')
  await run.says('“hello”')

  writeFileSync(file, readFileSync(file, 'utf8').replace('Message logged', 'Thing logged'))
  await run.says('app.ts was saved: starting again')
  await run.says('The server is up', 2)
  expect(await post(port, '/log/?msg=again')).toEqual({ status: 'Thing logged in background' })
  await run.says('log.txt │ again')

  run.child.kill('SIGINT')
  expect((await run.child).exitCode).toBe(130)
  await expect(post(port, '/log/?msg=late')).rejects.toThrow('fetch failed')
})

test('an app that does not start is told of as in a check, and the next save mends it', async () => {
  const { cwd, root } = await withSandbox()
  const file = join(root, lesson3, 'app.ts')
  const starter = readFileSync(file, 'utf8')
  appendFileSync(file, 'this is wrong (\n')
  const port = await freePort()
  const run = start(['run', '3', '--port', `${port}`], cwd)
  await run.says('does-not-start')
  await run.says('The next save starts it again')
  writeFileSync(file, starter)
  await run.says('The server is up')
})

test('a server that goes down is told of, with the line', async () => {
  const { cwd, root } = await withSandbox()
  writeFileSync(
    join(root, lesson3, 'app.ts'),
    `export default {
  fetch() {
    setTimeout(() => { throw new Error('no mail today') })
    return new Response('fine')
  },
}
`,
  )
  const port = await freePort()
  const run = start(['run', '3', '--port', `${port}`], cwd)
  await run.says('The server is up')
  await fetch(`http://127.0.0.1:${port}/`)
  await run.says('crashes-server')
  await run.says('no mail today')
  await run.says('app.ts:3')
})

test('a taken port is an error that names a free one', async () => {
  const { cwd } = await withSandbox()
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const { code, stderr } = await bgtasks(['run', '3', '--port', `${port}`], { cwd })
  expect(code).toBe(1)
  expect(stderr).toContain(`Port ${port} is in use`)
  expect(stderr).toMatch(/run 3 --port \d+/)
})

test.each(['0', '65536', 'http'])('--port %s is wrong usage', async (port) => {
  const { cwd } = await withSandbox()
  const { code, stderr } = await bgtasks(['run', '3', '--port', port], { cwd })
  expect(code).toBe(64)
  expect(stderr).toContain('from 1 to 65535')
})

test('in a terminal q ends it and Ctrl-C interrupts it', async () => {
  const { cwd } = await withSandbox()
  const port = await freePort()
  for (const [key, code] of [
    ['q', 0],
    [keys.ctrlC, 130],
  ] as const) {
    const terminal = openTerminal(['run', '3', '--port', `${port}`], { cwd })
    await terminal.sees('The server is up')
    terminal.type(key)
    expect(await terminal.ends()).toBe(code)
    expect(await terminal.isLeftAsFound()).toBe(true)
  }
})
