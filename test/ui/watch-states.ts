import { Chalk } from 'chalk'
import { update, type WatchEvent } from '../../src/cli/watch-update.ts'
import { timelineOf } from '../../src/ui/timeline-lanes.ts'
import type { WatchState } from '../../src/ui/watch-state.ts'
import { awaited } from './timeline-traces.ts'

const titles = ['What are background tasks?', 'Why background tasks?', 'Basic example', 'Sending email']

export const beginning: WatchState = {
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

export function judged(verdict: 'passed' | 'failed'): WatchState['result'] {
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

export const failed: WatchState = { ...beginning, result: judged('failed') }
export const passed: WatchState = { ...beginning, failures: 0, result: judged('passed') }

export const screen = { width: 80, rows: 40, colour: new Chalk({ level: 0 }), plain: false }
export const key = (name: string): WatchEvent => ({ kind: 'key', key: name, page: 10 })
export const after = (state: WatchState, ...events: readonly WatchEvent[]) =>
  events.reduce((seen, event) => update(seen, event).state, state)
