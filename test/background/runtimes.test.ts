import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createGate, createJournal } from './journal.ts'
import { appWithTasks } from './server.ts'

const root = join(import.meta.dirname, '../..')
const compiled = join(root, 'dist/src/background')

test('app.request(): the caller has its reply before a task starts', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(note, 'task')
    return c.text('reply')
  })
  expect(await (await app.request('/')).text()).toBe('reply')
  note('replied')
  await tasks.drain()
  expect(entries).toEqual(['replied', 'task'])
})

test('app.request() under fake timers: the tasks run all the same', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(note, 'task')
    return c.text('reply')
  })
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  await app.request('/')
  await tasks.drain()
  expect(entries).toEqual(['task'])
})

test('with an execution context, waitUntil keeps the worker alive until the last task has ended', async () => {
  const { app } = appWithTasks()
  const { entries, note } = createJournal()
  const mayEnd = createGate()
  const kept: Promise<unknown>[] = []
  const worker = {
    waitUntil: (promise: Promise<unknown>) => void kept.push(promise),
    passThroughOnException() {},
    props: {},
  }
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(() => mayEnd.opened)
    c.var.backgroundTasks.addTask(note, 'second')
    return c.text('reply')
  })

  expect((await app.request('/', {}, { BINDING: 'of the worker' }, worker)).status).toBe(200)
  expect(kept).toHaveLength(1)
  mayEnd.open()
  // A platform waits for what is handed over while it waits, too.
  for (const promise of kept) await promise
  expect(entries).toEqual(['second'])
})

test('works where Node’s async context does not exist, and where there is no process', async () => {
  const script = `
    delete globalThis.process
    const { backgroundTasks } = await import(${JSON.stringify(join(compiled, 'index.js'))})
    const { Hono } = await import('hono')
    const tasks = backgroundTasks()
    const app = new Hono()
    app.use(tasks)
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask((text) => console.log(text), 'task ran')
      return c.text('reply')
    })
    await app.request('/')
    await tasks.drain()
  `
  const { stdout } = await execa('node', ['--input-type=module', '--eval', script], { cwd: root })
  expect(stdout).toBe('task ran')
})

test('the built module imports nothing at run time but its own files', async () => {
  const files = (await readdir(compiled)).filter((file) => file.endsWith('.js'))
  const imports = await Promise.all(
    files.map(async (file) =>
      (await readFile(join(compiled, file), 'utf8')).matchAll(/\bfrom '([^']+)'|\bimport\(([^)]*)\)/g),
    ),
  )
  const specifiers = imports.flatMap((found) => [...found].map(([, from, dynamic]) => from ?? dynamic))
  expect(specifiers.length).toBeGreaterThan(0)
  expect(specifiers.filter((specifier) => !specifier?.startsWith('./'))).toEqual([])
})
