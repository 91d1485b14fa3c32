import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

export interface BackgroundTasks {
  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void
}

export interface BackgroundTasksEnv {
  Bindings: HttpBindings
  Variables: { backgroundTasks: BackgroundTasks }
}

export function backgroundTasks(): MiddlewareHandler<BackgroundTasksEnv> {
  return async (c, next) => {
    const queue: Array<() => unknown> = []
    let resolveDone!: () => void
    const done = new Promise<void>((resolve) => {
      resolveDone = resolve
    })
    void done
      .then(async () => {
        for (let i = 0; i < queue.length; i++) await queue[i]!()
      })
      .catch((error: unknown) => {
        console.error('[background]', error)
      })

    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        queue.push(() => Reflect.apply(fn, undefined, args))
      },
    })
    c.env.outgoing.once('close', resolveDone)

    try {
      await next()
    } finally {
      if (c.error) queue.splice(0)
    }
  }
}
