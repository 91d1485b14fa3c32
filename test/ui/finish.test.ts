import { join } from 'node:path'
import { Chalk } from 'chalk'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { toAscii } from '../../src/ui/ascii.ts'
import { renderFinish, type FinishState } from '../../src/ui/finish.ts'

const state: FinishState = {
  lessons: [
    { number: 1, title: 'What are background tasks?', proof: { waitedMs: 9.7, afterMs: 2_004 } },
    { number: 2, title: 'Why background tasks?', proof: { waitedMs: 256, afterMs: 719 } },
    { number: 3, title: 'Basic example', proof: { waitedMs: 3.2, afterMs: 4 } },
    { number: 4, title: 'Sending email', proof: { waitedMs: 13, afterMs: 5_010 } },
    { number: 10, title: 'One without a server' },
  ],
  totals: { requests: 42, waitedMs: 1_722, lines: 43 },
  read: [{ what: 'Queues, for tasks that a crash must not lose', where: 'https://docs.bullmq.io' }],
  build: [
    'Find an `await` in a server of yours that its clients need not wait for, and move it behind the reply.',
  ],
}

test.each([60, 80, 120])('the finish screen, at %d columns', async (width) => {
  const text = renderFinish(state, { width, colour: new Chalk({ level: 0 }), plain: false })
  expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(width)
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'finish-screens', `${width}.txt`))
})

test('the finish screen in ASCII', async () => {
  const text = toAscii(renderFinish(state, { width: 80, colour: new Chalk({ level: 0 }), plain: true }))
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'finish-screens', 'plain.txt'))
})

test('colour changes no column', () => {
  const screen = { width: 80, plain: false }
  const bare = renderFinish(state, { ...screen, colour: new Chalk({ level: 0 }) })
  const painted = renderFinish(state, { ...screen, colour: new Chalk({ level: 1 }) })
  const widths = (text: string) => text.split('\n').map((line) => stringWidth(line))
  expect(painted).not.toBe(bare)
  expect(widths(painted)).toEqual(widths(bare))
})
