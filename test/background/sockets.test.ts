import { once } from 'node:events'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { streamSSE } from 'hono/streaming'
import { expect, onTestFinished, test } from 'vitest'
import { createGate, createJournal } from './journal.ts'
import { connectTo } from './raw-client.ts'
import { appWithTasks, serve } from './server.ts'

// The start rule at the socket: a task begins when its response is closed, and not before.

// Far more than the system buffers of both ends together.
const LARGE = 64 * 1024 * 1024

test('a client that pauses in the middle of a large body: the task waits for the rest', async () => {
  const { origin, entries, until } = await serveLargeAndSmall()
  const client = await connectTo(origin)
  client.send('GET', '/large')
  await client.receivesText('200 OK')
  client.socket.pause()

  // Meanwhile whole requests with their tasks go by: there was every opportunity to start too early.
  for (const n of [1, 2, 3]) {
    await fetch(`${origin}/small/${n}`)
    await until(`small task ${n}`)
  }
  expect(entries).not.toContain('large task')

  client.socket.resume()
  await client.receivesBytes(LARGE)
  await until('large task')
})

test('a client that resets in the middle of a large body: the task runs, once', async () => {
  const { origin, entries, until, tasks } = await serveLargeAndSmall()
  const client = await connectTo(origin)
  client.send('GET', '/large')
  await client.receivesText('200 OK')
  client.socket.resetAndDestroy()

  await until('large task')
  expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
  expect(entries).toEqual(['large task'])
})

test('a client that leaves while the handler runs: the task waits for the handler', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note, until } = createJournal()
  const clientLeft = createGate()
  app.get('/', async (c) => {
    c.var.backgroundTasks.addTask(note, 'task')
    c.req.raw.signal.addEventListener('abort', () => note('client left'))
    note('handler started')
    await clientLeft.opened
    note('handler ended')
    return c.text('reply')
  })

  const client = await connectTo(await serve(app))
  client.send('GET', '/')
  await until('handler started')
  client.socket.resetAndDestroy()
  await until('client left')
  clientLeft.open()
  await until('task')
  await tasks.drain()
  expect(entries).toEqual(['handler started', 'client left', 'handler ended', 'task'])
})

test('a client that left before the middleware was reached: the task still runs', async () => {
  const { app, tasks } = appWithTasks()
  const { note, until } = createJournal()
  const clientLeft = createGate()
  app.get('/', (c) => {
    c.var.backgroundTasks.addTask(note, 'task')
    return c.text('reply')
  })
  const slow = {
    fetch: async (request: Request, env: object) => {
      request.signal.addEventListener('abort', () => note('client left'))
      note('request came')
      await clientLeft.opened
      return app.fetch(request, env)
    },
  }

  const client = await connectTo(await serve(slow))
  client.send('GET', '/')
  await until('request came')
  client.socket.resetAndDestroy()
  await until('client left')
  clientLeft.open()
  await until('task')
  expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
})

test('keep-alive: the connection serves a second request while the first one’s task runs', async () => {
  const { app } = appWithTasks()
  const { note, until } = createJournal()
  const secondReplied = createGate()
  app.get('/:n', (c) => {
    c.var.backgroundTasks.addTask(async () => {
      note(`task ${c.req.param('n')} started`)
      await secondReplied.opened
      note(`task ${c.req.param('n')} ended`)
    })
    return c.text(`reply ${c.req.param('n')}.`)
  })

  const client = await connectTo(await serve(app))
  client.send('GET', '/1')
  await client.receivesText('reply 1.')
  await until('task 1 started')
  client.send('GET', '/2')
  await client.receivesText('reply 2.')
  await until('task 2 started')
  secondReplied.open()
  await until('task 1 ended')
  await until('task 2 ended')
})

test.each([
  { name: 'HEAD', method: 'HEAD', path: '/', status: 200 },
  { name: 'a returned 204', method: 'GET', path: '/204', status: 204 },
  { name: 'a returned 404', method: 'GET', path: '/404', status: 404 },
  { name: 'a redirect', method: 'GET', path: '/redirect', status: 302 },
])('$name: the tasks run', async ({ method, path, status }) => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  app.use(async (c, next) => {
    c.var.backgroundTasks.addTask(note, 'task')
    await next()
  })
  app.get('/', (c) => c.text('body'))
  app.get('/204', (c) => c.body(null, 204))
  app.get('/404', (c) => c.notFound())
  app.get('/redirect', (c) => c.redirect('/'))

  const reply = await fetch(`${await serve(app)}${path}`, { method, redirect: 'manual' })
  expect(reply.status).toBe(status)
  await reply.text()
  expect(await tasks.drain()).toEqual({ drained: true, left: 0 })
  expect(entries).toEqual(['task'])
})

test('server-sent events: tasks wait for the last event, those added on the way included', async () => {
  const { app } = appWithTasks()
  const { entries, note, until } = createJournal()
  const firstEventCame = createGate()
  app.get('/events', (c) => {
    const { addTask } = c.var.backgroundTasks
    addTask(note, 'added before')
    return streamSSE(c, async (events) => {
      addTask(note, 'added on the way')
      await events.writeSSE({ data: 'one' })
      await firstEventCame.opened
      await events.writeSSE({ data: 'two' })
      note('last event written')
    })
  })
  app.get('/other', (c) => {
    c.var.backgroundTasks.addTask(note, 'other task')
    return c.text('other')
  })

  const origin = await serve(app)
  const client = await connectTo(origin)
  client.send('GET', '/events')
  await client.receivesText('data: one')
  await fetch(`${origin}/other`)
  await until('other task')
  firstEventCame.open()
  await client.receivesText('data: two')
  await until('added on the way')
  expect(entries).toEqual(['other task', 'last event written', 'added before', 'added on the way'])
})

test('a stream whose client has gone: what its callback adds afterwards runs too', async () => {
  const { app } = appWithTasks()
  const { note, until } = createJournal()
  const earlierTaskEnded = createGate()
  app.get('/', (c) => {
    const { addTask } = c.var.backgroundTasks
    addTask(note, 'added before')
    return streamSSE(c, async (events) => {
      await events.writeSSE({ data: 'one' })
      await earlierTaskEnded.opened
      addTask(note, 'added after the client left')
    })
  })

  const client = await connectTo(await serve(app))
  client.send('GET', '/')
  await client.receivesText('data: one')
  client.socket.resetAndDestroy()
  await until('added before')
  earlierTaskEnded.open()
  await until('added after the client left')
})

test('HTTP/2: the task starts after the reply', async () => {
  const { app, tasks } = appWithTasks()
  const { entries, note } = createJournal()
  const replied = createGate()
  app.post('/', (c) => {
    c.var.backgroundTasks.addTask(async () => {
      await replied.opened
      note('task')
    })
    return c.text('reply')
  })
  const server = createAdaptorServer({ fetch: app.fetch, createServer: createHttp2Server })
  onTestFinished(() => {
    server.close()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(() => session.destroy())

  const request = session.request({ ':path': '/', ':method': 'POST' })
  request.setEncoding('utf8')
  let body = ''
  request.on('data', (chunk: string) => {
    body += chunk
  })
  request.end()
  await once(request, 'end')
  expect(body).toBe('reply')
  expect(entries).toEqual([])
  replied.open()
  await tasks.drain()
  expect(entries).toEqual(['task'])
})

async function serveLargeAndSmall() {
  const { app, tasks } = appWithTasks()
  const { entries, note, until } = createJournal()
  const body = new Uint8Array(LARGE)
  app.get('/large', (c) => {
    c.var.backgroundTasks.addTask(note, 'large task')
    return c.body(body)
  })
  app.get('/small/:n', (c) => {
    c.var.backgroundTasks.addTask(note, `small task ${c.req.param('n')}`)
    return c.text('small')
  })
  return { origin: await serve(app), entries, until, tasks }
}
