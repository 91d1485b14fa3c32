import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import { onTestFinished } from 'vitest'
import {
  backgroundTasks,
  type BackgroundTasksEnv,
  type BackgroundTasksMiddleware,
  type BackgroundTasksOptions,
} from '../../src/background/index.ts'

interface App {
  fetch(request: Request, env: object): Response | Promise<Response>
}

/** Serves an app on a free port for one test. Returns `http://127.0.0.1:<port>`. */
export async function serve(app: App): Promise<string> {
  const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env) }) as Server
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    const closed = new Promise((resolve) => {
      server.close(resolve)
    })
    server.closeAllConnections()
    await closed
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** An app with the middleware in front, and the middleware for its `drain`. */
export function appWithTasks(options: BackgroundTasksOptions = {}): {
  app: Hono<BackgroundTasksEnv>
  tasks: BackgroundTasksMiddleware
} {
  const tasks = backgroundTasks(options)
  const app = new Hono<BackgroundTasksEnv>()
  app.use(tasks)
  return { app, tasks }
}
