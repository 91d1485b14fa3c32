import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { execa } from 'execa'
import { transformSync } from 'oxc-transform'
import { expect, onTestFinished, test } from 'vitest'
import { createGate, createJournal, withinDeadline } from './journal.ts'

// The shutdown example of docs/background.md, as a process of its own that is sent a real SIGTERM. Its
// task calls a mail server, which is this test: so the test decides when the task may end.

const root = join(import.meta.dirname, '../..')

// Windows has no SIGTERM to handle: the process is simply ended.
test.skipIf(process.platform === 'win32')(
  'SIGTERM: the server stops accepting, the pending task finishes, then the process ends well',
  async () => {
    const mail = await startMailServer()
    const app = await startExample({ MAIL_URL: mail.url })
    expect((await fetch(`${app.url}/signup/?email=ann@example.com`, { method: 'POST' })).status).toBe(201)
    await mail.until('mail to ann@example.com')

    app.process.kill('SIGTERM')
    await app.until('No connection is left')
    await expect(fetch(app.url)).rejects.toThrow('fetch failed')
    mail.answer()

    expect(await app.ends()).toMatchObject({ exitCode: 0, stderr: '' })
  },
)

test.skipIf(process.platform === 'win32')(
  'SIGTERM with a task that does not end: the time-out tells how many',
  async () => {
    const mail = await startMailServer()
    const app = await startExample({ MAIL_URL: mail.url, DRAIN_MS: '50' })
    for (const email of ['ann@example.com', 'bob@example.com']) {
      expect((await fetch(`${app.url}/signup/?email=${email}`, { method: 'POST' })).status).toBe(201)
      await mail.until(`mail to ${email}`)
    }

    app.process.kill('SIGTERM')
    expect(await app.ends()).toMatchObject({
      exitCode: 1,
      stderr: 'Out of time: 2 background tasks had not ended',
    })
  },
)

/** Answers no mail until told to. */
async function startMailServer() {
  const { note, until } = createJournal()
  const mayAnswer = createGate()
  const server = createServer((request, response) => {
    void text(request).then(async (email) => {
      note(`mail to ${email}`)
      await mayAnswer.opened
      response.end()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, until, answer: mayAnswer.open }
}

async function startExample(env: Record<string, string>) {
  const child = execa('node', [await compileExample()], {
    cwd: root,
    env: { PORT: '0', ...env },
    reject: false,
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  async function says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(said)
      if (found) return found
      const complaint = (): string => `the example did not say ${pattern}, but: ${said}`
      await withinDeadline(Promise.race([once(child.stdout, 'data'), child.then(complaint)]), complaint)
      if (child.exitCode !== null && !pattern.test(said)) expect.fail(complaint())
    }
  }
  const [, port] = await says(/Listening on (\d+)/)
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    until: async (line: string) => void (await says(new RegExp(line))),
    ends: () => withinDeadline(child, () => `the example did not end; it said: ${said}`),
  }
}

/** Its types taken off, and inside this package, so that it finds `bgtasks-learn/background`. */
async function compileExample(): Promise<string> {
  const source = await readFile(new URL('./docs/shutdown.ts', import.meta.url), 'utf8')
  await mkdir(join(root, '.tmp'), { recursive: true })
  const folder = await mkdtemp(join(root, '.tmp/shutdown-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'shutdown.js')
  await writeFile(file, transformSync('shutdown.ts', source).code)
  return file
}
