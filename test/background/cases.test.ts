import { AsyncLocalStorage } from 'node:async_hooks'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  backgroundTasks,
  TooManyTasksError,
  type BackgroundTasks,
  type BackgroundTasksEnv,
  type TaskFailure,
} from '../../src/background/index.ts'
import { createGate, createJournal } from './journal.ts'
import { appWithTasks, serve } from './server.ts'

describe('a failing task', () => {
  test('is heard on the console where nobody asked for it, with what was skipped', async () => {
    const lines = hearConsoleErrors()
    const { app, tasks } = appWithTasks()
    const broken = new Error('mail server is down')
    function sendMail(): never {
      throw broken
    }
    function countMail(): void {}
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask(sendMail)
      c.var.backgroundTasks.addTask(countMail)
      return c.text('reply')
    })

    await app.request('/')
    await tasks.drain()
    expect(lines).toEqual([['Background task sendMail failed; skipped after it: countMail:', broken]])
  })

  test('stops nothing else with onFailure: continue', async () => {
    const failures: TaskFailure[] = []
    const { app, tasks } = appWithTasks({
      onFailure: 'continue',
      onError: (_, failure) => failures.push(failure),
    })
    const { entries, note } = createJournal()
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask(() => Promise.reject(new Error('no')))
      c.var.backgroundTasks.addTask(note, 'second')
      return c.text('reply')
    })

    await app.request('/')
    await tasks.drain()
    expect(entries).toEqual(['second'])
    expect(failures).toMatchObject([{ task: { name: 'anonymous' }, skipped: [] }])
  })

  test.each([
    {
      name: 'throws',
      onError: () => {
        throw new Error('report failed')
      },
    },
    { name: 'rejects', onError: () => Promise.reject(new Error('report failed')) },
  ])('harms nothing when onError itself $name: both errors are heard', async ({ onError }) => {
    const lines = hearConsoleErrors()
    const { app, tasks } = appWithTasks({ onError, onFailure: 'continue' })
    const { entries, note } = createJournal()
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask(function sendMail() {
        throw new Error('task failed')
      })
      c.var.backgroundTasks.addTask(note, 'second')
      return c.text('reply')
    })

    const origin = await serve(app)
    expect((await fetch(origin)).status).toBe(200)
    expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
    expect(entries).toEqual(['second'])
    expect(lines.flat().map(String)).toEqual([
      'Background task sendMail failed:',
      'Error: task failed',
      'The onError that was told of it failed too:',
      'Error: report failed',
    ])
    expect((await fetch(origin)).status).toBe(200)
  })

  test('is pending until its report has ended: drain waits for it', async () => {
    const { note, entries } = createJournal()
    const { app, tasks } = appWithTasks({
      onError: async () => {
        await Promise.resolve()
        note('reported')
      },
    })
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask(() => Promise.reject(new Error('no')))
      return c.text('reply')
    })
    await app.request('/')
    await tasks.drain()
    expect(entries).toEqual(['reported'])
  })
})

describe('a request that fails', () => {
  test('runs its tasks with runOnError', async () => {
    const { app, tasks } = appWithTasks({ runOnError: true })
    const { entries, note } = createJournal()
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask(note, 'task')
      throw new HTTPException(409)
    })
    expect((await app.request('/')).status).toBe(409)
    await tasks.drain()
    expect(entries).toEqual(['task'])
  })

  test('refuses tasks that come after the discard', async () => {
    const { app } = appWithTasks()
    let late: BackgroundTasks | undefined
    app.get('/', (c) => {
      late = c.var.backgroundTasks
      throw new HTTPException(409)
    })
    await app.request('/')
    expect(() => late?.addTask(() => {})).toThrow('addTask came too late')
  })

  test('discards them when what was thrown is no Error, which Hono does not catch', async () => {
    const { app, tasks } = appWithTasks()
    const { entries, note } = createJournal()
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask(note, 'task')
      throw 'a string' // oxlint-disable-line typescript/only-throw-error
    })
    expect((await fetch(await serve(app))).status).toBe(500)
    expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
    expect(entries).toEqual([])
  })

  test('discards them when a middleware outside throws after the handler had settled', async () => {
    const tasks = backgroundTasks()
    const { entries, note } = createJournal()
    const app = new Hono<BackgroundTasksEnv>()
    app.use(async (_c, next) => {
      await next()
      throw new HTTPException(500)
    })
    app.use(tasks)
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask(note, 'task')
      return c.text('reply')
    })
    expect((await fetch(await serve(app))).status).toBe(500)
    await tasks.drain()
    expect(entries).toEqual([])
  })

  // FastAPI runs the background of the response that its exception handler returns. So here.
  test('runs the tasks that the error handler adds, and only those', async () => {
    const { app, tasks } = appWithTasks()
    const { entries, note } = createJournal()
    app.onError((error, c) => {
      c.var.backgroundTasks.addTask(note, `report ${error.message}`)
      return c.text('failed', 500)
    })
    app.get('/', (c) => {
      c.var.backgroundTasks.addTask(note, 'task of the handler')
      throw new Error('boom')
    })
    expect((await fetch(await serve(app))).status).toBe(500)
    await tasks.drain()
    expect(entries).toEqual(['report boom'])
  })
})

describe('addTask', () => {
  test.each([
    { given: 'a promise', value: () => Promise.resolve() },
    { given: 'undefined', value: () => undefined },
    { given: 'null', value: () => null },
    { given: 'a string', value: () => 'sent' },
    { given: 'an array', value: () => [] },
    { given: 'an object', value: () => ({}) },
  ])('says what to write when it is handed $given', async ({ given, value }) => {
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

  test('handed a promise that rejects later, does not let it end the process', async () => {
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

  test('finds the caller’s AsyncLocalStorage store, and so does onError', async () => {
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

  test('at maxPending adds nothing and drops nothing; uncaught, the client gets a 503', async () => {
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
})

function hearConsoleErrors(): unknown[][] {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => spy.mockRestore())
  return spy.mock.calls
}
