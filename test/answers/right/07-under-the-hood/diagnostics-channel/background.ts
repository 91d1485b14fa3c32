import diagnostics from 'node:diagnostics_channel'
import type { ServerResponse } from 'node:http'
import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

const pending = new Map<ServerResponse, (() => unknown)[]>()

diagnostics.channel('http.server.response.finish').subscribe((message) => {
  const { response } = message as { response: ServerResponse }
  const tasks = pending.get(response)
  pending.delete(response)
  if (tasks) setImmediate(run, tasks)
})

async function run(tasks: (() => unknown)[]) {
  while (tasks.length > 0) {
    const task = tasks.shift()!
    await Promise.resolve()
      .then(task)
      .catch((reason) => console.warn('task failed:', reason?.message))
  }
}

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const tasks: (() => unknown)[] = []
    c.set('backgroundTasks', { addTask: (fn, ...args) => tasks.push(() => fn(...args)) })
    await next()
    if (!c.error) pending.set(c.env.outgoing as ServerResponse, tasks)
  }
}
