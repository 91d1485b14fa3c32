import { join } from 'node:path'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { WatchEvent } from '../../src/cli/watch-update.ts'
import { renderLeaving } from '../../src/ui/watch-leaving.ts'
import type { WatchState } from '../../src/ui/watch-state.ts'
import { renderWatch, scrollOf } from '../../src/ui/watch.ts'
import { after, beginning, failed, key, passed, screen } from './watch-states.ts'

describe('the screen', () => {
  const snapshot = (name: string) => join(import.meta.dirname, 'watch-screens', `${name}.txt`)

  test.each([60, 80, 120])('of a failed check, %i columns', async (width) => {
    await expect(`${renderWatch(failed, { ...screen, width })}\n`).toMatchFileSnapshot(
      snapshot(`failed-${width}`),
    )
  })

  test.each([60, 80, 120])('of a passed check, %i columns', async (width) => {
    await expect(`${renderWatch(passed, { ...screen, width })}\n`).toMatchFileSnapshot(
      snapshot(`passed-${width}`),
    )
  })

  test('of a long wait', async () => {
    const waiting = after(
      failed,
      { kind: 'check-began', run: 2 },
      { kind: 'traced', run: 2, event: { kind: 'ready', at: 300, startUpMs: 300 } },
      {
        kind: 'traced',
        run: 2,
        event: { kind: 'timer-set', at: 400, id: 1, ms: 5000, where: 'app.ts:12', unfinished: [] },
      },
      { kind: 'tick', run: 2, now: 2900 },
    )
    await expect(`${renderWatch(waiting, screen)}\n`).toMatchFileSnapshot(snapshot('waiting-80'))
  })

  test('of a check that another process keeps waiting', () => {
    const behind = after(
      failed,
      { kind: 'check-began', run: 2 },
      { kind: 'check-waits', run: 2, pid: 4711 },
      { kind: 'tick', run: 2, now: 3200 },
    )
    const words = renderWatch(behind, screen).replaceAll(/\s+/g, ' ')
    expect(words).toContain('by another bgtasks-learn (process 4711). Waiting for it to end: 3.2 s so far.')
    const begun = after(behind, { kind: 'traced', run: 2, event: { kind: 'start', at: 0 } })
    expect(renderWatch(begun, screen)).not.toContain('4711')
  })

  test('fits into every terminal, whatever is on it', () => {
    const wordy = after(failed, { kind: 'said', text: `No editor was found. ${'/a/long/path'.repeat(20)}` })
    const states = [failed, passed, wordy, after(failed, key('h'), key('h')), after(failed, key('l'))]
    for (const width of [24, 30, 47, 60, 80, 132])
      for (const rows of [8, 15, 24, 50])
        for (const state of states) {
          const lines = renderWatch(state, { ...screen, width, rows }).split('\n')
          expect(lines).toHaveLength(rows)
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
        }
  })

  test('shows each line of the body by scrolling', () => {
    const small = { ...screen, rows: 12 }
    const whole = renderWatch(failed, { ...screen, rows: 100 })
    const furthest = scrollOf({ ...failed, scroll: Infinity }, small)
    const seen = Array.from({ length: furthest + 1 }, (_, scroll) =>
      renderWatch({ ...failed, scroll }, small),
    )
    for (const line of whole.split('\n')) expect(seen.some((part) => part.includes(line))).toBe(true)
  })

  test('shows the newest hint from its first line on, however small the screen', () => {
    const hints = Array.from({ length: 4 }, (_, index) => `${index + 1} `.repeat(70).trim())
    const hinted = { ...failed, lesson: { ...failed.lesson, hints }, hintsSeen: 2 }
    for (const width of [40, 60, 80, 120])
      for (const rows of [8, 12, 24, 50]) {
        const small = renderWatch(after(hinted, key('h')), { ...screen, width, rows }).split('\n')
        const head = small.indexOf('Hint 3 of 4')
        expect(small[head + 1]).toMatch(/^ {2}3 3/)
        const last = renderWatch(after(hinted, key('h'), key('h')), { ...screen, width, rows })
        expect(last).toContain('Hint 4 of 4')
      }
  })
})

describe('what stays behind', () => {
  const next = { text: 'Go on', command: 'npx bgtasks-learn watch 3' }
  const left = (state: WatchState, width = 80) => renderLeaving({ ...state, next }, { ...screen, width })

  test('is where the lesson stands, and how to go on', () => {
    expect(left(failed)).toBe(
      'Lesson 3: Basic example  ✗ not yet  waits-for-task  app.ts:3\nGo on: npx bgtasks-learn watch 3\n',
    )
    expect(left(passed)).toMatch(/^Lesson 3: Basic example {2}✓ passed\n/)
    expect(
      left({ ...beginning, result: { kind: 'broke', message: 'No disk.', hint: 'Try again.' } }),
    ).toMatch(/^Lesson 3: Basic example {2}\? no verdict\n/)
  })

  test('claims nothing of a check that was not finished', () => {
    const began: WatchEvent = { kind: 'check-began', run: 2 }
    expect(left(after(beginning, began))).toMatch(/^Lesson 3: Basic example {2}not judged yet\n/)
    expect(left(after(passed, began))).toMatch(/^Lesson 3: Basic example {2}the last check was cut short\n/)
  })

  test('is two lines on a narrow screen too', () => {
    expect(left(failed, 55)).toMatch(/^Lesson 3: Basic example {2}✗ not yet {2}waits-for-task\n/)
    expect(left(failed, 20)).toMatch(/^Lesson 3: Basic example {2}✗ not yet\n/)
  })
})
