import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { expect, expectTypeOf, test } from 'vitest'
import { backgroundTasks, type BackgroundTasks, type BackgroundTasksEnv } from '../../src/background/index.ts'

// The compiler is the test here: `npm run types` fails where one of these lines is wrong.

const tasks: BackgroundTasks = { addTask() {} }

async function writeLog(message: string, level?: number): Promise<void> {
  await Promise.resolve([message, level])
}

test('addTask checks the arguments against the function', () => {
  tasks.addTask(writeLog, 'message')
  tasks.addTask(writeLog, 'message', 2)
  tasks.addTask(appendFile, 'log.txt', 'message\n')
  tasks.addTask((...any: unknown[]) => any, 'anything', 1, {})
  tasks.addTask(() => {})
  tasks.addTask((email: string) => email, 'ann@example.com')
  tasks.addTask(<T>(value: T) => value, 'generic')

  // @ts-expect-error a number is not a message
  tasks.addTask(writeLog, 1)
  // @ts-expect-error the message is missing
  tasks.addTask(writeLog)
  // @ts-expect-error one too many
  tasks.addTask(writeLog, 'message', 2, 3)
  // @ts-expect-error the function takes none
  tasks.addTask(() => {}, 'message')
  // @ts-expect-error called, not passed
  tasks.addTask(writeLog('message'))
  expect(tasks).toBeDefined()
})

test('c.var is typed by BackgroundTasksEnv', () => {
  new Hono<BackgroundTasksEnv>().get('/', (c) => {
    expectTypeOf(c.var.backgroundTasks).toEqualTypeOf<BackgroundTasks>()
    expectTypeOf(c.get('backgroundTasks')).toEqualTypeOf<BackgroundTasks>()
    return c.text('reply')
  })
})

test('c.var is typed by Hono’s own inference, beside other variables', () => {
  new Hono<{ Variables: { user: string } }>().use(backgroundTasks()).get('/', (c) => {
    expectTypeOf(c.var.backgroundTasks).toEqualTypeOf<BackgroundTasks>()
    expectTypeOf(c.var.user).toEqualTypeOf<string>()
    return c.text('reply')
  })
  new Hono().get('/', backgroundTasks(), (c) => {
    expectTypeOf(c.var.backgroundTasks).toEqualTypeOf<BackgroundTasks>()
    return c.text('reply')
  })
})

test('without the middleware there is no such variable', () => {
  new Hono().get('/', (c) => {
    // @ts-expect-error nobody set it
    void c.var.backgroundTasks
    return c.text('reply')
  })
})
