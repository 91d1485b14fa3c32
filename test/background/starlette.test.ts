import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { stream } from 'hono/streaming'
import { expect, test } from 'vitest'
import { backgroundTasks, type BackgroundTasksEnv, type TaskFailure } from '../../src/background/index.ts'
import { createGate, createJournal } from './journal.ts'
import { connectTo } from './raw-client.ts'
import { appWithTasks, serve } from './server.ts'
import { temporaryFolder } from './temporary-folder.ts'

// The promises of Starlette's tests/test_background.py and its neighbours, kept one by one. Theirs wait
// for the tasks before the client sees anything, and so prove nothing about when; here the client is a
// real one, and a task stands at a gate until the reply came.

test('1 an async task runs, and the body is unaffected', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  const replied = createGate()
  app.post('/', (c) => {
    c.var.backgroundTasks.addTask(async () => {
      await replied.opened
      note('task')
    })
    return c.text('task initiated')
  })

  const reply = await fetch(await serve(app), { method: 'POST' })
  expect(await reply.text()).toBe('task initiated')
  expect(entries).toEqual([])
  replied.open()
  await tasks.drain()
  expect(entries).toEqual(['task'])
})

test('2 a sync task runs', async () => {
  const { app } = appWithTasks()
  const { note, until } = createJournal()
  app.post('/', (c) => {
    c.var.backgroundTasks.addTask(() => note('task'))
    return c.text('task initiated')
  })

  const reply = await fetch(await serve(app), { method: 'POST' })
  expect(await reply.text()).toBe('task initiated')
  await until('task')
})

test('3 several tasks run in order, with their arguments', async () => {
  const { app, tasks } = appWithTasks()
  let counter = 0
  const seen: string[] = []
  async function increment(amount: number): Promise<void> {
    await turn()
    counter += amount
    seen.push(`${amount}: ${counter}`)
  }
  app.post('/', (c) => {
    for (const amount of [1, 2, 3]) c.var.backgroundTasks.addTask(increment, amount)
    return c.text('tasks initiated')
  })

  await fetch(await serve(app), { method: 'POST' })
  await tasks.drain()
  expect(seen).toEqual(['1: 1', '2: 3', '3: 6'])
})

test('4 the first task fails: the second never runs, and the error surfaces', async () => {
  const failures: [unknown, TaskFailure][] = []
  const { app, tasks } = appWithTasks({ onError: (error, failure) => failures.push([error, failure]) })
  const { entries, note } = createJournal()
  const broken = new Error('task failed')
  async function first(): Promise<never> {
    note('first')
    throw broken
  }
  const second = (text: string): void => note(text)
  app.post('/', (c) => {
    c.var.backgroundTasks.addTask(first)
    c.var.backgroundTasks.addTask(second, 'second')
    return c.text('tasks initiated')
  })

  expect((await fetch(await serve(app), { method: 'POST' })).status).toBe(200)
  expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
  expect(entries).toEqual(['first'])
  expect(failures).toEqual([
    [
      broken,
      {
        task: { name: 'first', fn: first, args: [] },
        skipped: [{ name: 'second', fn: second, args: ['second'] }],
      },
    ],
  ])
})

test('5 a streaming response: the whole stream, then the task', async () => {
  const { app } = appWithTasks()
  const { entries, note, until } = createJournal()
  const firstChunkCame = createGate()
  app.get('/stream', (c) => {
    c.var.backgroundTasks.addTask(() => note('task'))
    return stream(c, async (body) => {
      await body.write('first ')
      await firstChunkCame.opened
      await body.write('last')
      note('streamed')
    })
  })
  app.get('/other', (c) => {
    c.var.backgroundTasks.addTask(() => note('other task'))
    return c.text('other')
  })

  const origin = await serve(app)
  const reply = await fetch(`${origin}/stream`)
  const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('first ')
  // A whole request with its task goes by: there was time to start too early.
  await fetch(`${origin}/other`)
  await until('other task')
  firstChunkCame.open()
  expect((await reader.read()).value).toBe('last')
  await until('task')
  expect(entries).toEqual(['other task', 'streamed', 'task'])
})

test('6 a file response: the same', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  const folder = await temporaryFolder()
  const file = join(folder, 'large.txt')
  await writeFile(file, 'x'.repeat(1_000_000))
  app.get('/', (c) => {
    const source = createReadStream(file)
    source.on('close', () => note('file read'))
    c.var.backgroundTasks.addTask(() => note('task'))
    return c.body(Readable.toWeb(source) as ReadableStream)
  })

  expect((await (await fetch(await serve(app))).text()).length).toBe(1_000_000)
  await tasks.drain()
  expect(entries).toEqual(['file read', 'task'])
})

test('8 a task fails: the client still gets its 204, and the error handler is called', async () => {
  const broken = new Error('task failed')
  const errors: unknown[] = []
  const { app, tasks } = appWithTasks({ onError: (error) => errors.push(error) })
  app.post('/', (c) => {
    c.var.backgroundTasks.addTask(() => {
      throw broken
    })
    return c.body(null, 204)
  })

  expect((await fetch(await serve(app), { method: 'POST' })).status).toBe(204)
  await tasks.drain()
  expect(errors).toEqual([broken])
})

test('9 tasks complete though the client disconnects', async () => {
  const { app } = appWithTasks()
  const { note, until } = createJournal()
  const clientLeft = createGate()
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(async () => {
      note('task started')
      await clientLeft.opened
      note('task ended')
    })
    return c.text('reply')
  })

  const client = await connectTo(await serve(app))
  client.send('GET', '/')
  await client.receivesText('reply')
  await until('task started')
  client.socket.resetAndDestroy()
  clientLeft.open()
  await until('task ended')
})

test('10 errors are not swallowed behind other middleware', async () => {
  const broken = new Error('task failed')
  const errors: unknown[] = []
  const tasks = backgroundTasks({ onError: (error) => errors.push(error) })
  const passOn = createMiddleware(async (_c, next) => {
    await next()
  })
  const app = new Hono<BackgroundTasksEnv>().use(passOn, tasks, passOn)
  app.get('/', passOn, (c) => {
    c.var.backgroundTasks.addTask(() => Promise.reject(broken))
    return c.text('reply')
  })

  expect((await fetch(await serve(app))).status).toBe(200)
  await tasks.drain()
  expect(errors).toEqual([broken])
})

// Starlette's test also sees both bodies sent before any task starts: its two requests run in step.
// Here a task waits for its own reply and for no other request's, on purpose.
test('11 two requests at once: both replies come before any task ends, and their tasks overlap', async () => {
  const { app } = appWithTasks()
  const { note, until } = createJournal()
  const bothStarted = createGate()
  app.get('/:name', (c) => {
    const name = c.req.param('name')
    c.var.backgroundTasks.addTask(async () => {
      note(`${name} started`)
      await bothStarted.opened
      note(`${name} ended`)
    })
    return c.text(name)
  })

  const origin = await serve(app)
  const replies = await Promise.all(['a', 'b'].map((name) => fetch(`${origin}/${name}`)))
  expect(await Promise.all(replies.map((reply) => reply.text()))).toEqual(['a', 'b'])
  await until('a started')
  await until('b started')
  bothStarted.open()
  await until('a ended')
  await until('b ended')
})

test('12 clean-up after next() and its task complete though the client disconnects', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note, until } = createJournal()
  const clientLeft = createGate()
  app.use(async (c, next) => {
    await next()
    await clientLeft.opened
    note('clean-up')
    c.var.backgroundTasks.addTask(() => note('task of the clean-up'))
  })
  app.get('/', (c) => {
    note('handler')
    c.req.raw.signal.addEventListener('abort', () => note('client left'))
    return c.text('reply')
  })

  const client = await connectTo(await serve(app))
  client.send('GET', '/')
  await until('handler')
  client.socket.resetAndDestroy()
  await until('client left')
  clientLeft.open()
  await until('task of the clean-up')
  expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
  expect(entries).toEqual(['handler', 'client left', 'clean-up', 'task of the clean-up'])
})

test('13 ten stacked middlewares each add a task: all ten run once', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  for (let n = 1; n <= 10; n += 1) {
    app.use(async (c, next) => {
      c.var.backgroundTasks.addTask(note, `task ${n}`)
      await next()
    })
  }
  app.get('/', (c) => c.text('reply'))

  await fetch(await serve(app))
  await tasks.drain()
  expect(entries).toEqual(Array.from({ length: 10 }, (_, n) => `task ${n + 1}`))
})
