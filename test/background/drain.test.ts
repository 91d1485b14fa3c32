import { expect, test } from 'vitest'
import { createGate, createJournal } from './journal.ts'
import { appWithTasks, serve } from './server.ts'

test('drain has nothing to wait for where nothing was added', async () => {
  const { tasks } = appWithTasks()
  expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
})

test('drain waits for every task, and for those they add', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  app.get('/', (c) => {
    const { addTask } = c.var.backgroundTasks
    addTask(async () => {
      await Promise.resolve()
      addTask(note, 'added by a task')
    })
    return c.text('reply')
  })
  await app.request('/')
  expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
  expect(entries).toEqual(['added by a task'])
})

test('drain waits for a request that is under way: it may yet add tasks', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note, until } = createJournal()
  const mayAnswer = createGate()
  app.get('/', async (c) => {
    note('handler started')
    await mayAnswer.opened
    c.var.backgroundTasks.addTask(note, 'task')
    return c.text('reply')
  })
  const reply = fetch(await serve(app))
  await until('handler started')
  const drained = tasks.drain()
  mayAnswer.open()
  expect(await drained).toEqual({ drained: true, left: 0 })
  expect(entries).toEqual(['handler started', 'task'])
  expect((await reply).status).toBe(200)
})

test('when the time is up drain says how many tasks are left, waiting ones included', async () => {
  const { app, tasks } = appWithTasks()
  const mayEnd = createGate()
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(() => mayEnd.opened)
    c.var.backgroundTasks.addTask(() => {})
    return c.text('reply')
  })
  await fetch(await serve(app))
  expect(await tasks.drain({ timeoutMs: 1 })).toEqual({ drained: false, left: 2 })
  mayEnd.open()
  expect(await tasks.drain({ timeoutMs: Infinity })).toEqual({ drained: true, left: 0 })
})

test('several drains at once all hear of the end', async () => {
  const { app, tasks } = appWithTasks()
  const mayEnd = createGate()
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(() => mayEnd.opened)
    return c.text('reply')
  })
  await app.request('/')
  const drains = [tasks.drain(), tasks.drain()]
  mayEnd.open()
  expect(await Promise.all(drains)).toEqual([
    { drained: true, left: 0 },
    { drained: true, left: 0 },
  ])
})

test.each([-1, Number.NaN])('timeoutMs: %d is refused', async (timeoutMs) => {
  await expect(appWithTasks().tasks.drain({ timeoutMs })).rejects.toThrow(RangeError)
})
