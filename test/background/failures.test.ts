import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { describe, expect, test } from 'vitest'
import {
  backgroundTasks,
  type BackgroundTasks,
  type BackgroundTasksEnv,
  type TaskFailure,
} from '../../src/background/index.ts'
import { hearConsoleErrors } from './console-errors.ts'
import { createJournal } from './journal.ts'
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
