import { describe, expect, it } from 'vitest'
import { defineCheck } from '../../src/check/define-check.ts'
import { judge } from '../../src/check/judge.ts'
import { logLine } from '../../src/check/log-line.ts'
import { reply } from '../../src/check/reply.ts'
import { type Event, hold, line, logged, release, replied, request, run, started, write } from './run.ts'

const expectations = [reply('one').doesNotWaitFor([logLine('a'), logLine('b')])]
const probe = () => Promise.resolve()

function verdictOn(...events: Event[]) {
  return judge(defineCheck({ probe, expectations }), run(...started, ...events)).steps[1]
}

const made = (id: number): Event => ({
  kind: 'worker-started',
  id,
  where: `app.ts:${id}`,
  request: 'one',
  unfinished: ['one'],
})
const word = (id: number): Event => ({ kind: 'worker-message', id })
const end = (id: number): Event => ({ kind: 'worker-ended', id })
const childEnd: Event = { kind: 'child-ended', id: 1 }
const heldWrite = (text: string, thread: number) =>
  write(text, { id: thread, held: true, thread, where: 'worker.js:5' })
const heldUp: Event = { kind: 'held-up', request: 'one', proved: false }
const letGo = (id: number): Event[] => [
  { kind: 'write-let-go', id },
  { kind: 'write-end', id },
]
const oneByOne = { ...release, one: true } as const
const answer: Event[] = [
  { kind: 'responding', request: 'one', logged: 2, idleMs: 0 },
  { kind: 'responded', request: 'one', finished: true },
  replied('one'),
]
/** Later than anything that comes right then. */
const late = (event: Event, at: number) => ({ ...event, at })

const stuck = [hold, request('one'), made(3), heldWrite('a', 3), heldUp, release, ...letGo(3)] as const

describe('whether a reply waited for a worker thread', () => {
  it.each([
    ['its message', word(3)],
    ['its end', end(3)],
  ])('yes, when it comes on %s, and the line is the one that made it', (_, told) => {
    const step = verdictOn(...stuck, line('a'), told, ...answer, logged('a\n'))
    expect(step).toMatchObject({ mistake: 'waits-for-task', where: 'app.ts:3', request: 'one' })
    expect(step?.detail).toMatch(/written by a worker thread, at worker\.js:5/)
  })

  it('yes, however long the thread took to have its word', () => {
    const [told, ...answered] = [word(3), ...answer]
    expect(verdictOn(...stuck, late(told, 2000), ...answered)).toMatchObject({ mistake: 'waits-for-task' })
  })

  it('yes, when nothing was said and the reply comes as the write is let go', () => {
    expect(verdictOn(...stuck, ...answer)).toMatchObject({ mistake: 'waits-for-task', where: 'app.ts:3' })
  })

  it('yes, when it waits for one after another, each let go in its turn', () => {
    const first = [hold, request('one'), made(3), heldWrite('a', 3), heldUp] as const
    const second = [made(4), heldWrite('b', 4), late(oneByOne, 2000), ...letGo(4), end(4)] as const
    expect(verdictOn(...first, oneByOne, ...letGo(3), end(3), ...second, ...answer)).toMatchObject({
      mistake: 'waits-for-task',
      where: 'app.ts:3',
    })
  })

  it('yes, when it waits for two at once', () => {
    const both = [made(3), made(4), heldWrite('a', 3), heldWrite('b', 4), heldUp, release] as const
    const ended = [...letGo(3), ...letGo(4), end(4), end(3)] as const
    expect(verdictOn(hold, request('one'), ...both, ...ended, ...answer)).toMatchObject({
      mistake: 'waits-for-task',
    })
  })

  it('no, when it came while the thread’s write was held', () => {
    const events = [
      hold,
      request('one'),
      made(3),
      heldWrite('a', 3),
      ...answer,
      release,
      ...letGo(3),
    ] as const
    expect(verdictOn(...events, word(3), end(3))).toMatchObject({ status: 'passed' })
  })

  it('no, when it came on a word that the thread had before it wrote', () => {
    const events = [
      hold,
      request('one'),
      word(3),
      heldWrite('a', 3),
      ...answer,
      release,
      ...letGo(3),
    ] as const
    expect(verdictOn(made(3), ...events)).toMatchObject({ status: 'passed' })
  })

  it('no, when the write was not yet done', () => {
    const begun = [hold, request('one'), made(3), heldWrite('a', 3), heldUp, release] as const
    expect(verdictOn(...begun, ...answer.map((event, index) => late(event, 1000 + index)))).toMatchObject({
      status: 'passed',
    })
  })

  it('nobody can tell, when somebody else had a word as well', () => {
    for (const other of [childEnd, word(4), end(4)]) {
      const step = verdictOn(...stuck, word(3), made(4), other, ...answer, line('a'), logged('a\n'))
      expect(step).toMatchObject({ status: 'inconclusive' })
      expect(step).not.toHaveProperty('where')
    }
  })

  it('nobody can tell, when its word was long ago', () => {
    const answered = answer.map((event, index) => late(event, 2000 + index))
    expect(verdictOn(...stuck, word(3), ...answered)).toMatchObject({ status: 'inconclusive' })
  })

  it('no verdict rests on a write that nothing held', () => {
    const free = write('a', { thread: 3 })
    expect(
      verdictOn(made(3), request('one'), free, line('a'), word(3), ...answer, logged('a\n')),
    ).toMatchObject({
      status: 'passed',
    })
  })
})

describe('whether a reply waited for writes let go one by one', () => {
  const own = (text: string, id: number) =>
    write(text, { id, held: true, request: 'one', unfinished: ['one'] })
  const first = [hold, request('one'), own('a', 1), heldUp, oneByOne, ...letGo(1)] as const
  const second = [own('b', 2), late(oneByOne, 2000), ...letGo(2)] as const

  it('yes, when it comes right after the last, though an interval leaves it unproved', () => {
    expect(verdictOn(...first, ...second, ...answer)).toMatchObject({ mistake: 'waits-for-task' })
  })

  it('no, when it comes at another time', () => {
    const answered = answer.map((event, index) => late(event, 3000 + index))
    expect(verdictOn(...first, ...second, ...answered)).toMatchObject({ status: 'passed' })
  })
})
