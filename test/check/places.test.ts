import { describe, expect, it } from 'vitest'
import { defineCheck, type Expectation } from '../../src/check/define-check.ts'
import { decisiveStep, judge } from '../../src/check/judge.ts'
import { logLine, logLines } from '../../src/check/log-line.ts'
import { reply } from '../../src/check/reply.ts'
import { type Event, hold, line, logged, release, replied, request, run, started, write } from './run.ts'

function firstFailure(expectation: Expectation, ...events: Event[]) {
  const check = defineCheck({ probe: () => Promise.resolve(), expectations: [expectation] })
  return decisiveStep(judge(check, run(...started, ...events)))
}

const done = logLine('done', { of: 'one' })
const asked = [request('one'), { kind: 'handling', request: 'one' }, replied('one')] as const
const timer = { kind: 'timer-set', id: 1, ms: 500, where: 'app.ts:6', unfinished: [] } as const

describe('the line to change', () => {
  it('is who handed the task over, where a value went missing on the way', () => {
    const step = firstFailure(
      done.appearsOnce(),
      ...asked,
      write('undefined', { added: 'app.ts:20' }),
      line('undefined'),
      logged('undefined\n'),
    )
    expect(step).toMatchObject({ mistake: 'log-line-wrong', where: 'app.ts:7', from: 'app.ts:20' })
  })

  it('is the writing line itself, where its text is wrong', () => {
    const step = firstFailure(
      done.appearsOnce(),
      ...asked,
      write('${message}', { added: 'app.ts:20' }),
      line('${message}'),
      logged('${message}\n'),
    )
    expect(step).toMatchObject({ where: 'app.ts:7', next: expect.stringContaining('backticks') })
    expect(step?.from).toBeUndefined()
  })

  it('is the caller, where the writing line wrote another one rightly', () => {
    const step = firstFailure(
      logLines([logLine('first'), done]).appearOnce(),
      ...asked,
      write('first', { added: 'app.ts:20' }),
      line('first'),
      write('dune', { id: 2, added: 'app.ts:21' }),
      line('dune'),
      logged('first\ndune\n'),
    )
    expect(step).toMatchObject({ where: 'app.ts:7', from: 'app.ts:21' })
  })

  it('is who set the delay, where nobody awaited what comes after it', () => {
    const step = firstFailure(
      reply('one').doesNotWaitFor(done),
      hold,
      request('one'),
      { ...timer, from: 'app.ts:12' },
      { kind: 'timer-fired', id: 1 },
      write('done', { held: true }),
      { kind: 'held-up', request: 'one', proved: true },
      release,
      { kind: 'write-let-go', id: 1 },
      replied('one'),
      line('done'),
      logged('done\n'),
    )
    expect(step).toMatchObject({ mistake: 'waits-for-task', where: 'app.ts:7', from: 'app.ts:12' })
  })

  it('is no delay that was over long before', () => {
    const step = firstFailure(
      reply('one').doesNotWaitFor(done),
      hold,
      request('one'),
      { ...timer, from: 'app.ts:12' },
      { kind: 'timer-fired', id: 1 },
      write('done', { held: true, at: 900 }),
      { kind: 'held-up', request: 'one', proved: true },
      release,
      { kind: 'write-let-go', id: 1 },
      replied('one'),
      logged('done\n'),
    )
    expect(step?.from).toBeUndefined()
  })

  it('is the first of two that are out of order by their place on the list', () => {
    const step = firstFailure(
      logLines([logLine('first'), done]).inOrder(),
      ...asked,
      write('done', { added: 'app.ts:20' }),
      line('done'),
      write('first', { id: 2, added: 'app.ts:21' }),
      line('first'),
      logged('done\nfirst\n'),
    )
    expect(step).toMatchObject({
      mistake: 'wrong-order',
      from: 'app.ts:21',
      next: expect.stringMatching(/^Add/),
    })
  })

  it('is the one that is not on the list, where the other is', () => {
    const step = firstFailure(
      logLines([logLine('first'), done]).inOrder(),
      ...asked,
      write('done', { from: 'app.ts:20' }),
      line('done'),
      write('first', { id: 2, added: 'app.ts:21' }),
      line('first'),
      logged('done\nfirst\n'),
    )
    expect(step).toMatchObject({ from: 'app.ts:20', next: expect.stringContaining('`addTask`') })
  })
})

describe('a line that is there twice', () => {
  const twice = (...writes: Event[]) =>
    firstFailure(done.appearsOnce(), ...asked, ...writes, line('done'), line('done'), logged('done\ndone\n'))

  it('is the calls’ fault where each was handed over', () => {
    const step = twice(
      write('done', { added: 'app.ts:20', task: 1 }),
      write('done', { id: 2, added: 'app.ts:21', task: 2 }),
    )
    expect(step).toMatchObject({ mistake: 'log-line-repeated', from: 'app.ts:21' })
  })

  it('is the task’s own where one task wrote both', () => {
    const step = twice(
      write('done', { added: 'app.ts:20', task: 1 }),
      write('done', { id: 2, added: 'app.ts:20', task: 1 }),
    )
    expect(step).toMatchObject({ where: 'app.ts:7' })
    expect(step?.from).toBeUndefined()
  })

  it('is an interval’s where one called it', () => {
    const step = twice(
      { ...timer, where: 'app.ts:20', repeats: true },
      write('done', { from: 'app.ts:20' }),
      write('done', { id: 2, from: 'app.ts:20' }),
    )
    expect(step).toMatchObject({ from: 'app.ts:20', next: expect.stringContaining('`setInterval`') })
  })

  it('is what requests share, where another one’s task wrote it again', () => {
    const step = twice(write('done', { request: 'one' }), write('done', { id: 2, request: 'two' }))
    expect(step).toMatchObject({ where: 'app.ts:7', detail: expect.stringContaining('another request') })
  })
})

describe('a line that never came', () => {
  it('is told of by the error that ended its task', () => {
    const step = firstFailure(
      done.appearsOnce(),
      ...asked,
      {
        kind: 'task-failed',
        task: 'send',
        message: "TypeError: Cannot read properties of undefined (reading 'id')",
        where: 'shop.ts:9',
        added: 'app.ts:20',
      },
      logged(''),
    )
    expect(step).toMatchObject({ mistake: 'task-never-ran', where: 'shop.ts:9', from: 'app.ts:20' })
    expect(step?.detail).toMatch(/^The task `send` failed: TypeError/)
  })

  it('is told of by the delay that was still running', () => {
    const step = firstFailure(
      done.appearsOnce(),
      ...asked,
      { ...timer, ms: 50_000, request: 'one' },
      logged(''),
      { kind: 'idle', proved: false, waitedMs: 40_000 },
    )
    expect(step).toMatchObject({
      where: 'app.ts:6',
      detail: expect.stringContaining('50.0 s was still running'),
    })
  })
})
