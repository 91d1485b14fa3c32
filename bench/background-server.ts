import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { backgroundTasks, type BackgroundTasksEnv } from '../src/background/index.ts'

// One app in a process of its own, started by background.ts: the argument says which. All of them do the
// same but for the middleware and the task.
//
// Messages in: 'cpu' answers with { cpuMs } used so far; 'collect' answers with { heapBytes, done }
// once no task is pending and garbage is collected (needs --expose-gc).

const tasks = backgroundTasks()
const app = new Hono<BackgroundTasksEnv>()
let done = 0

function count(_message: string): void {
  done += 1
}

const kind = process.argv[2]
if (kind === 'middleware') {
  app.use(async (_c, next) => {
    await next()
  })
}
if (kind === 'no-task' || kind === 'task-by-get' || kind === 'task-by-var') app.use(tasks)
if (kind === 'task-by-get') {
  app.post('/', (c) => {
    c.get('backgroundTasks').addTask(count, c.req.query('msg') ?? '')
    return c.json({ status: 'Message logged' })
  })
} else if (kind === 'task-by-var') {
  app.post('/', (c) => {
    c.var.backgroundTasks.addTask(count, c.req.query('msg') ?? '')
    return c.json({ status: 'Message logged' })
  })
} else {
  app.post('/', (c) => {
    count(c.req.query('msg') ?? '')
    return c.json({ status: 'Message logged' })
  })
}
// So many tasks in one request, each with an argument of its own: what a queue holds at once.
app.post('/many/:n', (c) => {
  const many = Number(c.req.param('n'))
  for (let n = 0; n < many; n += 1) c.var.backgroundTasks.addTask(count, `message ${n}`)
  return c.json({ status: 'Messages logged' })
})

serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }))
process.on('message', (question) => void answer(question))
process.on('disconnect', () => process.exit())

async function answer(question: unknown): Promise<void> {
  if (question === 'cpu') {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMs: (user + system) / 1000 })
    return
  }
  await tasks.drain({ timeoutMs: Infinity })
  // Twice: what the first collection finalises, the second one frees.
  globalThis.gc?.()
  globalThis.gc?.()
  process.send?.({ heapBytes: process.memoryUsage().heapUsed, done })
}
