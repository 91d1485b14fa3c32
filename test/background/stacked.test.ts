import { Hono } from 'hono'
import { mount } from 'hono/mount'
import { expect, test } from 'vitest'
import { backgroundTasks, type BackgroundTasksEnv } from '../../src/background/index.ts'
import { createGate, createJournal } from './journal.ts'
import { serve } from './server.ts'

// One request has one list: the outermost middleware's.

test('used twice on one request, a task runs once, in one order, under the outer options', async () => {
  const errors: string[] = []
  const outer = backgroundTasks({ onError: () => errors.push('outer'), onFailure: 'continue' })
  const inner = backgroundTasks({ onError: () => errors.push('inner') })
  const { entries, note } = createJournal()
  const app = new Hono<BackgroundTasksEnv>()
  app.use(outer)
  app.use(async (c, next) => {
    c.var.backgroundTasks.addTask(note, 'between')
    await next()
  })
  app.use(inner, outer)
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(() => Promise.reject(new Error('no')))
    c.var.backgroundTasks.addTask(note, 'handler')
    return c.text('reply')
  })

  await fetch(await serve(app))
  await outer.drain()
  expect(entries).toEqual(['between', 'handler'])
  expect(errors).toEqual(['outer'])
})

test('the inner middleware’s drain waits for the shared list', async () => {
  const inner = backgroundTasks()
  const mayEnd = createGate()
  const app = new Hono<BackgroundTasksEnv>()
  app.use(backgroundTasks())
  app.use(async (c, next) => {
    c.var.backgroundTasks.addTask(() => mayEnd.opened)
    await next()
  })
  app.get('/', inner, (c) => c.text('reply'))

  await fetch(await serve(app))
  expect(await inner.drain({ timeoutMs: 1 })).toEqual({ drained: false, left: 1 })
  mayEnd.open()
  expect(await inner.drain()).toEqual({ drained: true, left: 0 })
})

test('two apps routed into one keep their own options and their own drain', async () => {
  const errors: string[] = []
  const shop = appThatFails(() => errors.push('shop'))
  const blog = appThatFails(() => errors.push('blog'))
  const app = new Hono().route('/shop', shop.app).route('/blog', blog.app)

  const origin = await serve(app)
  expect((await fetch(`${origin}/shop`)).status).toBe(200)
  await shop.tasks.drain()
  expect(errors).toEqual(['shop'])
  expect((await fetch(`${origin}/blog`)).status).toBe(200)
  await blog.tasks.drain()
  expect(errors).toEqual(['shop', 'blog'])
})

test('a sub-app with an error handler of its own: a thrown error discards there too', async () => {
  const tasks = backgroundTasks()
  const { entries, note } = createJournal()
  const sub = new Hono<BackgroundTasksEnv>()
  sub.onError((_error, c) => c.text('dealt with', 418))
  sub.get('/', (c) => {
    c.var.backgroundTasks.addTask(note, 'task')
    throw new Error('boom')
  })
  const app = new Hono().use(tasks).route('/sub', sub)

  expect((await fetch(`${await serve(app)}/sub`)).status).toBe(418)
  await tasks.drain()
  expect(entries).toEqual([])
})

// A mounted app is any fetch function: it gets a context of its own, so it has a list of its own.
test('an app mounted with its own middleware: both lists run after the reply, each task once', async () => {
  const outer = backgroundTasks()
  const inner = backgroundTasks()
  const replied = createGate()
  const { entries, note } = createJournal()
  async function noteOnceReplied(entry: string): Promise<void> {
    await replied.opened
    note(entry)
  }
  const mounted = new Hono<BackgroundTasksEnv>()
  mounted.use(inner)
  mounted.get('/', (c) => {
    c.var.backgroundTasks.addTask(noteOnceReplied, 'inner')
    return c.text('reply')
  })
  const app = new Hono<BackgroundTasksEnv>()
  app.use(outer)
  app.use(async (c, next) => {
    c.var.backgroundTasks.addTask(noteOnceReplied, 'outer')
    await next()
  })
  app.all('/mounted', mount(mounted.fetch))

  expect(await (await fetch(`${await serve(app)}/mounted`)).text()).toBe('reply')
  expect(entries).toEqual([])
  replied.open()
  await outer.drain()
  await inner.drain()
  expect([...entries].sort()).toEqual(['inner', 'outer'])
})

function appThatFails(onError: () => void) {
  const tasks = backgroundTasks({ onError })
  const app = new Hono().use(tasks).get('/', (c) => {
    c.var.backgroundTasks.addTask(() => Promise.reject(new Error('no')))
    return c.text('reply')
  })
  return { app, tasks }
}
