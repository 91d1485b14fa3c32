import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { backgroundTasks, TooManyTasksError } from '../../src/background/index.ts'
import { hearConsoleErrors } from './console-errors.ts'
import { createGate, createJournal } from './journal.ts'
import { appWithTasks, serve } from './server.ts'

test.each([
  { given: 'a promise', value: () => Promise.resolve() },
  { given: 'undefined', value: () => undefined },
  { given: 'null', value: () => null },
  { given: 'a string', value: () => 'sent' },
  { given: 'an array', value: () => [] },
  { given: 'an object', value: () => ({}) },
])('addTask says what to write when it is handed $given', async ({ given, value }) => {
  const { app } = appWithTasks()
  app.onError((error, c) => c.text(`${error.name}: ${error.message}`, 500))
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(value() as never)
    return c.text('reply')
  })
  expect(await (await app.request('/')).text()).toBe(
    `TypeError: addTask needs a function, but got ${given}. ` +
      'Pass the function and its arguments: addTask(fn, arg), not addTask(fn(arg)).',
  )
})

test('c.get and c.var give the same list', async () => {
  const { entries, note } = createJournal()
  const { app, tasks } = appWithTasks()
  app.get('/', (c) => {
    c.get('backgroundTasks').addTask(note, 'by get')
    c.var.backgroundTasks.addTask(note, 'by var')
    return c.text('reply')
  })
  await app.request('/')
  await tasks.drain()
  expect(entries).toEqual(['by get', 'by var'])
})

test('what a task returns is awaited when it has a then, whoever made it', async () => {
  const { entries, note } = createJournal()
  const { app, tasks } = appWithTasks({
    onError: (error) => note(`onError: ${String(error)}`),
    onFailure: 'continue',
  })
  const query = {
    // oxlint-disable-next-line unicorn/no-thenable -- as a query builder is one
    then(resolve: () => void) {
      queueMicrotask(() => {
        note('query ended')
        resolve()
      })
    },
  }
  // oxlint-disable-next-line unicorn/no-thenable -- see above
  const broken = { then: (_resolve: () => void, reject: (error: unknown) => void) => reject('no') }
  app.get('/', (c) => {
    const { addTask } = c.var.backgroundTasks
    addTask(() => query)
    addTask(() => broken)
    addTask(() => 'a plain value')
    addTask(note, 'last')
    return c.text('reply')
  })
  await app.request('/')
  await tasks.drain()
  expect(entries).toEqual(['query ended', 'onError: no', 'last'])
})

test('addTask handed a promise that rejects later, does not let it end the process', async () => {
  const lines = hearConsoleErrors()
  const { app, tasks } = appWithTasks()
  const broken = new Error('too late')
  app.onError((_error, c) => c.text('failed', 500))
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(Promise.reject(broken) as never)
    return c.text('reply')
  })
  expect((await app.request('/')).status).toBe(500)
  await tasks.drain()
  expect(lines).toEqual([['The promise handed to addTask failed:', broken]])
})

test('a task finds the caller’s AsyncLocalStorage store, and so does onError', async () => {
  const requestId = new AsyncLocalStorage<string>()
  const { entries, note } = createJournal()
  const { app, tasks } = appWithTasks({ onError: () => note(`onError: ${requestId.getStore()}`) })
  app.get('/:id', (c) =>
    requestId.run(c.req.param('id'), () => {
      c.var.backgroundTasks.addTask(async () => {
        await Promise.resolve()
        note(`task: ${requestId.getStore()}`)
        throw new Error('no')
      })
      return c.text('reply')
    }),
  )
  await fetch(`${await serve(app)}/abc`)
  await tasks.drain()
  expect(entries).toEqual(['task: abc', 'onError: abc'])
})

test('at maxPending addTask adds nothing and drops nothing; uncaught, the client gets a 503', async () => {
  const { app, tasks } = appWithTasks({ maxPending: 2 })
  const { entries, note } = createJournal()
  const mayEnd = createGate()
  app.get('/:n', (c) => {
    c.var.backgroundTasks.addTask(async () => {
      await mayEnd.opened
      note(`task ${c.req.param('n')}`)
    })
    return c.text('reply')
  })
  app.get('/handled/:n', (c) => {
    try {
      c.var.backgroundTasks.addTask(note, 'never')
    } catch (error) {
      expect(error).toBeInstanceOf(TooManyTasksError)
      return c.text('Busy, come back later', 503, { 'retry-after': '1' })
    }
    return c.text('reply')
  })

  const origin = await serve(app)
  const get = async (path: string): Promise<number> => (await fetch(`${origin}${path}`)).status
  expect([await get('/1'), await get('/2'), await get('/3'), await get('/handled/4')]).toEqual([
    200, 200, 503, 503,
  ])
  mayEnd.open()
  await tasks.drain()
  expect(entries).toEqual(['task 1', 'task 2'])
  expect(await get('/5')).toBe(200)
})

test.each([0, -1, Number.NaN])('maxPending: %d is refused', (maxPending) => {
  expect(() => backgroundTasks({ maxPending })).toThrow(RangeError)
})
