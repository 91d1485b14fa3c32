import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as fromSetTimeout from './docs/from-set-timeout.ts'
import * as fromWaitUntil from './docs/from-wait-until.ts'
import { app as images, tasks as imageTasks } from './docs/options.ts'
import shortest from './docs/shortest.ts'
import { createGate } from './journal.ts'
import { temporaryFolder } from './temporary-folder.ts'

// docs/background.md quotes the files of ./docs. They are compiled with everything else, and run here,
// in shutdown.test.ts, and (signup.test.ts) on their own.

const folder = join(import.meta.dirname, 'docs')

test('every snippet on the page is a file here, word for word, and every file is on the page', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/background.md'), 'utf8')
  const blocks = [...page.matchAll(/(?:<!-- (\S+) -->\n)?```ts\n(.*?)```/gs)]
  const quoted = Object.fromEntries(blocks.map(([, name, code]) => [name, code]))
  const files = await readdir(folder)
  const kept = Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const)),
  )
  expect(quoted).toEqual(kept)
})

test('shortest.ts logs in the background', async () => {
  const folderOfLog = await temporaryFolder()
  const before = process.cwd()
  // Registered last, so called first: Windows removes no folder that a process stands in.
  onTestFinished(() => process.chdir(before))
  process.chdir(folderOfLog)
  const reply = await shortest.request('/log/?msg=hello', { method: 'POST' })
  expect(await reply.json()).toEqual({ status: 'Message logged in background' })
  await vi.waitFor(async () => expect(await readFile('log.txt', 'utf8')).toBe('hello\n'), { timeout: 20_000 })
})

test('options.ts reports a failure, and answers 503 when too much is pending', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {})
  const service = vi.spyOn(globalThis, 'fetch').mockRejectedValueOnce(new Error('no such host'))
  const mayEnd = createGate()
  service.mockImplementation(async () => {
    await mayEnd.opened
    return new Response()
  })
  onTestFinished(() => {
    vi.restoreAllMocks()
  })

  expect((await images.request('/images/1', { method: 'POST' })).status).toBe(202)
  await imageTasks.drain()
  expect(said.mock.calls).toEqual([['resizeImage failed, 0 skipped:', new Error('no such host')]])

  for (let n = 0; n < 10_000; n += 1) await images.request(`/images/${n}`, { method: 'POST' })
  const reply = await images.request('/images/busy', { method: 'POST' })
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '5'])
  mayEnd.open()
  expect(await imageTasks.drain()).toEqual({ drained: true, left: 0 })
})

test('from-wait-until.ts: both ways track once', async () => {
  const kept: Promise<unknown>[] = []
  const worker = {
    waitUntil: (promise: Promise<unknown>) => void kept.push(promise),
    passThroughOnException() {},
    props: {},
  }
  for (const path of ['/before/', '/after/']) {
    expect((await fromWaitUntil.app.request(path, { method: 'POST' }, {}, worker)).status).toBe(200)
  }
  for (const promise of kept) await promise
  expect(fromWaitUntil.tracked).toEqual(['signup: free', 'signup: free'])
})

test('from-set-timeout.ts: both ways track once', async () => {
  for (const path of ['/before/', '/after/']) {
    expect((await fromSetTimeout.app.request(path, { method: 'POST' })).status).toBe(200)
  }
  await vi.waitFor(() => expect(fromSetTimeout.tracked).toEqual(['signup: free', 'signup: free']), {
    timeout: 20_000,
  })
})
