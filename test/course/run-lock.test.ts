import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withRunLock } from '../../src/course/run-lock.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('who waits for a check that does not end is refused, and that one goes on', async () => {
  const waited: number[] = []
  const lock = {
    root: temporaryFolder(),
    lessonId: '03-basic-example',
    waitMs: 300,
    onWait: (pid: number) => waited.push(pid),
  }
  const file = join(lock.root, '.bgtasks', 'running-03-basic-example')
  const { promise: end, resolve: finish } = withResolvers()
  const first = withRunLock(lock, async () => {
    await end
    return 'judged'
  })

  const second = withRunLock(lock, () => Promise.reject(new Error('Two checks ran at once.')))
  await expect(second).rejects.toMatchObject({
    message: `This lesson is still being checked by another bgtasks-learn (process ${process.pid}), after 0.3 s of waiting.`,
    hint: expect.stringContaining('`bgtasks-learn check 03-basic-example`') as string,
  })
  expect(waited).toEqual([process.pid])
  expect(existsSync(file)).toBe(true)

  finish()
  expect(await first).toBe('judged')
  expect(await withRunLock(lock, () => Promise.resolve('its turn'))).toBe('its turn')
  expect(existsSync(file)).toBe(false)
})

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => undefined as void
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
