import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { expect, test } from 'vitest'
import type { BackgroundTasksEnv } from '../../src/background/index.ts'
import { createJournal } from './journal.ts'
import { appWithTasks, serve } from './server.ts'
import { temporaryFolder } from './temporary-folder.ts'

// F: the promises of FastAPI's own tests of BackgroundTasks, kept one by one.
// U: what its users meet and its tests do not cover.

test('F1 the log is written with positional and with named arguments', async () => {
  const { app, tasks } = appWithTasks()
  const log = join(await temporaryFolder(), 'log.txt')
  // Python's named arguments are an object in JavaScript.
  async function writeNotification(
    email: string,
    { message = '' }: { message?: string } = {},
  ): Promise<void> {
    await appendFile(log, `notification for ${email}: ${message}\n`)
  }
  app.post('/:email', (c) => {
    const email = c.req.param('email')
    c.var.backgroundTasks.addTask(writeNotification, email)
    c.var.backgroundTasks.addTask(writeNotification, email, { message: 'some notification' })
    return c.json({ message: 'Notification sent in the background' })
  })

  await fetch(`${await serve(app)}/foo@example.com`, { method: 'POST' })
  await tasks.drain()
  expect(await readFile(log, 'utf8')).toBe(
    'notification for foo@example.com: \nnotification for foo@example.com: some notification\n',
  )
})

test('F2 the task of a dependency precedes the task of the endpoint', async () => {
  expect(await dependencyThenEndpoint()).toEqual(['dependency', 'endpoint'])
})

test('F3 both run, each once', async () => {
  expect((await dependencyThenEndpoint()).sort()).toEqual(['dependency', 'endpoint'])
})

test('F5 the reply cannot see what its task does later', async () => {
  const { app, tasks } = appWithTasks()
  const state = { done: false }
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(() => {
      state.done = true
    })
    return c.json(state)
  })

  const reply = await fetch(await serve(app))
  expect(await reply.json()).toEqual({ done: false })
  await tasks.drain()
  expect(state).toEqual({ done: true })
})

test('U1 a thrown HTTPException discards the tasks', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(note, 'task')
    throw new HTTPException(409)
  })

  expect((await fetch(await serve(app))).status).toBe(409)
  expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
  expect(entries).toEqual([])
})

test('U1 a returned 409 keeps them', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(note, 'task')
    return c.text('Conflict', 409)
  })

  expect((await fetch(await serve(app))).status).toBe(409)
  await tasks.drain()
  expect(entries).toEqual(['task'])
})

test('U5 a task added while tasks run is appended', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  app.get('/', (c) => {
    const { addTask } = c.var.backgroundTasks
    addTask(async () => {
      note('first')
      addTask(note, 'added by the first')
    })
    addTask(note, 'second')
    return c.text('reply')
  })

  await fetch(await serve(app))
  await tasks.drain()
  expect(entries).toEqual(['first', 'second', 'added by the first'])
})

async function dependencyThenEndpoint(): Promise<string[]> {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  const dependency = createMiddleware<BackgroundTasksEnv>(async (c, next) => {
    c.var.backgroundTasks.addTask(note, 'dependency')
    await next()
  })
  app.post('/', dependency, (c) => {
    c.var.backgroundTasks.addTask(note, 'endpoint')
    return c.text('reply')
  })
  await fetch(await serve(app), { method: 'POST' })
  await tasks.drain()
  return [...entries]
}
