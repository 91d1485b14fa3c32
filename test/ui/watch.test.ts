import { join } from 'node:path'
import { Chalk } from 'chalk'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { update, type WatchEvent } from '../../src/cli/watch-update.ts'
import { renderLeaving } from '../../src/ui/watch-leaving.ts'
import { keysOf } from '../../src/ui/watch-keys.ts'
import type { WatchState } from '../../src/ui/watch-state.ts'
import { renderWatch, scrollOf } from '../../src/ui/watch.ts'
import { timelineOf } from '../../src/ui/timeline-lanes.ts'
import { awaited } from './timeline-traces.ts'

const titles = ['What are background tasks?', 'Why background tasks?', 'Basic example', 'Sending email']

const beginning: WatchState = {
  lesson: { id: '03-basic-example', number: 3, title: titles[2]!, hints: ['Look.', 'Look there.', 'Do it.'] },
  lessons: titles.map((title, index) => ({
    number: index + 1,
    id: `0${index + 1}`,
    title,
    summary: 'What the learner does.',
    passed: index < 2,
    current: index === 2,
  })),
  failures: 1,
  changed: true,
  hintsSeen: 0,
  checking: undefined,
  result: undefined,
  panel: { kind: 'result' },
  saved: { file: 'app.ts', at: new Date(2026, 10, 22, 9, 5, 7) },
  said: undefined,
  scroll: 0,
}

function judged(verdict: 'passed' | 'failed'): WatchState['result'] {
  const failing = {
    title: 'The reply does not wait for the task',
    status: 'failed',
    mistake: 'waits-for-task',
    detail: 'The reply came after 303 ms: it waited for the write.',
    where: 'app.ts:3',
  } as const
  const source =
    'app.post("/log/", async (c) => {\n  const msg = c.req.query("msg")\n  await writeLog(msg)\n})\n'
  return {
    kind: 'judged',
    verdict: {
      lesson: { number: 3, title: titles[2]! },
      verdict: {
        verdict,
        steps: [
          { title: 'The server starts, answers and stays up', status: 'passed' },
          verdict === 'failed' ? failing : { title: failing.title, status: 'passed' },
        ],
        notes: [],
      },
      trace: awaited,
      timeline: timelineOf(awaited),
      source: () => source,
      folder: '03-basic-example',
      seenFrom: 'top',
      next: [{ text: 'A hint', command: 'hint 3' }],
    },
  }
}

const failed: WatchState = { ...beginning, result: judged('failed') }
const passed: WatchState = { ...beginning, failures: 0, result: judged('passed') }

const screen = { width: 80, rows: 40, colour: new Chalk({ level: 0 }), plain: false }
const key = (name: string): WatchEvent => ({ kind: 'key', key: name, page: 10 })
const after = (state: WatchState, ...events: readonly WatchEvent[]) =>
  events.reduce((seen, event) => update(seen, event).state, state)
const effects = (state: WatchState, event: WatchEvent) =>
  update(state, event).effects.map((effect) => effect.do)
const offered = (state: WatchState) => keysOf(state).map((each) => each.key)

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

describe('the keys', () => {
  test('of a fresh start: nothing is earned, nothing can be reset', () => {
    expect(offered({ ...failed, changed: false })).toEqual(['h', 'c', 'r', 'e', 'u', 'l', 'q'])
  })

  test('after three failures the model answer is offered', () => {
    expect(offered({ ...failed, failures: 3 })).toEqual(expect.arrayContaining(['s', 'd', 'x']))
  })

  test('after a pass: on to the next, and no more hints', () => {
    expect(offered(passed)).toEqual(['n', 's', 'd', 'c', 'r', 'e', 'u', 'x', 'l', 'q'])
  })

  test('while a check runs nothing is passed yet', () => {
    expect(offered(after(passed, { kind: 'check-began', run: 2 }))).not.toContain('n')
  })

  test('in the hints: the next one while there is one', () => {
    expect(offered(after(failed, key('h')))).toEqual(['h', 'q', 'e'])
    expect(offered(after(failed, key('h'), key('h'), key('h')))).toEqual(['q', 'e'])
  })

  test('hints that were all shown can be looked at again until the lesson is passed', () => {
    const seen = after(failed, key('h'), key('h'), key('h'), key('q'))
    expect(seen.panel.kind).toBe('result')
    expect(after(seen, key('h')).panel).toEqual({ kind: 'hints', shown: 3 })
    expect(offered({ ...seen, result: judged('passed') })).not.toContain('h')
  })

  test('a key that is not offered does nothing', () => {
    expect(effects(failed, key('n'))).toEqual([])
    expect(effects(failed, key('s'))).toEqual([])
    expect(effects(passed, key('n'))).toEqual(['next-lesson'])
  })
})

describe('events', () => {
  const saved = { kind: 'saved', file: 'app.ts', at: new Date(), changed: true } as const
  const standing = { lessons: beginning.lessons, failures: 0, changed: true, hintsSeen: 0 }

  test('a save is judged, whatever is on the screen', () => {
    const reading = after(failed, { kind: 'panel-opened', panel: { kind: 'read', markdown: '# Text' } })
    expect(effects(reading, saved)).toEqual(['check'])
    expect(after(reading, saved).panel.kind).toBe('result')
    expect(after(failed, key('h'), saved)).toMatchObject({ panel: { kind: 'result' }, scroll: 0 })
  })

  test('what a cancelled check still tells is not heard', () => {
    const running = after(failed, { kind: 'check-began', run: 2 }, { kind: 'check-began', run: 3 })
    const late = { kind: 'check-ended', run: 2, result: judged('passed')!, ...standing } as const
    expect(after(running, late)).toEqual(running)
    expect(after(running, { ...late, run: 3 }).result).toEqual(late.result)
  })

  test('hints seen on another day come back with the next one', () => {
    const pressed = update({ ...failed, hintsSeen: 1 }, key('h'))
    expect(pressed.state.panel).toEqual({ kind: 'hints', shown: 2 })
    expect(pressed.effects).toEqual([{ do: 'remember-hints', count: 2 }])
  })

  test('a reset asks first', () => {
    expect(effects(failed, key('x'))).toEqual([])
    expect(effects(after(failed, key('x')), key('n'))).toEqual([])
    expect(effects(after(failed, key('x')), key('y'))).toEqual(['reset'])
  })

  test('in a text q goes back, and only then leaves', () => {
    const reading = after(failed, { kind: 'panel-opened', panel: { kind: 'read', markdown: '# Text' } })
    expect(effects(reading, key('q'))).toEqual([])
    expect(update(after(reading, key('q')), key('q')).effects).toEqual([{ do: 'quit', code: 0 }])
  })

  test('Ctrl-C leaves from everywhere', () => {
    for (const state of [failed, after(failed, key('x')), after(failed, key('l'))])
      expect(update(state, key('ctrl-c')).effects).toEqual([{ do: 'quit', code: 130 }])
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
