import { describe, expect, it } from 'vitest'
import { defineCheck } from '../../src/check/define-check.ts'
import { decisiveStep, judge } from '../../src/check/judge.ts'
import { logLine, logLines } from '../../src/check/log-line.ts'
import { reply } from '../../src/check/reply.ts'
import { type Event, hold, line, logged, release, replied, request, run, started, write } from './run.ts'

const probe = () => Promise.resolve()
const done = logLine('done')
const check = defineCheck({
  probe,
  expectations: [
    reply('one').doesNotWaitFor(done),
    done.appearsOnce(),
    reply('one').hasStatus(200).hasJson({ ok: true }),
  ],
})

/** The reply under the hold, the task after it. */
const right = run(
  ...started,
  hold,
  request('one'),
  { kind: 'handling', request: 'one' },
  { kind: 'responded', request: 'one', finished: true },
  replied('one'),
  write('done', { held: true }),
  release,
  { kind: 'write-let-go', id: 1 },
  line('done'),
  logged('done\n'),
)

describe('a verdict', () => {
  it('is passed when every step is', () => {
    const verdict = judge(check, right)
    expect(verdict.verdict).toBe('passed')
    expect(verdict.steps.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed', 'passed'])
    expect(verdict.notes).toEqual([])
  })

  it('is failed when a step is, and the first of them names it', () => {
    const verdict = judge(
      check,
      run(...started, hold, request('one'), release, replied('one', 201), logged('')),
    )
    expect(verdict.verdict).toBe('failed')
    expect(decisiveStep(verdict)).toMatchObject({ mistake: 'task-never-ran' })
    expect(verdict.steps.at(-1)).toMatchObject({ mistake: 'wrong-reply', expected: '200 {"ok":true}' })
  })

  it('skips what cannot be judged when the server is the trouble', () => {
    const broken = run(
      { kind: 'start' },
      { kind: 'start-failed', reason: 'syntax', message: 'Unexpected token', where: 'app.ts:3' },
    )
    const { steps } = judge(check, broken)
    expect(steps[0]).toMatchObject({ status: 'failed', mistake: 'does-not-start', where: 'app.ts:3' })
    expect(steps.slice(1).every(({ status }) => status === 'skipped')).toBe(true)
  })

  it('gives every failed step a mistake', () => {
    const traces = [
      right,
      run(...started, request('one'), replied('one', 500, 'x'), logged('other\n'), line('other')),
    ]
    const failed = traces
      .flatMap((trace) => judge(check, trace).steps)
      .filter(({ status }) => status === 'failed')
    expect(failed.length).toBeGreaterThan(0)
    expect(failed.every(({ mistake }) => mistake !== undefined)).toBe(true)
  })
})

describe('the server', () => {
  const mistakeOf = (...events: Event[]) => judge(check, run(...started, ...events)).steps[0]

  it.each([
    ['route-missing', [request('one'), replied('one', 404, '404 Not Found')]],
    ['crashes-server', [request('one'), { kind: 'exit', code: 1, signal: null, byLab: false }]],
    [
      'called-not-passed',
      [request('one'), { kind: 'not-a-function', call: 'setImmediate', where: 'app.ts:9' }],
    ],
    ['blocks-event-loop', [request('one'), { kind: 'stall', ms: 5000, at: 6000 }, replied('one')]],
    ['never-replies', [request('one'), { kind: 'no-reply', request: 'one', reason: 'never', waitedMs: 3 }]],
    [
      'never-replies',
      [request('one'), { kind: 'no-reply', request: 'one', reason: 'connection-lost', waitedMs: 3 }],
    ],
  ] as const)('%s', (mistake, events) => {
    expect(mistakeOf(...events)).toMatchObject({ status: 'failed', mistake })
  })

  it('is not blamed for a 404 that a lesson asks for', () => {
    expect(mistakeOf(request('one'), replied('one', 404, { error: 'No such order' }))).toMatchObject({
      status: 'passed',
    })
  })

  it('is not blamed for a stall before it listened, nor for a short one', () => {
    const early = run(
      { kind: 'start' },
      { kind: 'ready', startUpMs: 3000, at: 3000 },
      { kind: 'stall', ms: 2900, at: 3001 },
    )
    expect(judge(check, early).steps[0]).toMatchObject({ status: 'passed' })
    expect(mistakeOf({ kind: 'stall', ms: 900, at: 2000 })).toMatchObject({ status: 'passed' })
  })

  it('is not blamed for a stall where it starts child processes: that is the machine’s', () => {
    const child = { kind: 'child-started', id: 1, where: 'app.ts:9', unfinished: [] } as const
    const stall = (where: string) => ({ kind: 'stall', ms: 1900, at: 3000, where }) as const
    expect(mistakeOf(child, stall('app.ts:9'))).toMatchObject({ status: 'passed' })
    expect(mistakeOf(child, stall('app.ts:12'))).toMatchObject({ mistake: 'blocks-event-loop' })
    expect(mistakeOf({ ...child, sync: true }, stall('app.ts:9'))).toMatchObject({
      mistake: 'blocks-event-loop',
    })
  })

  it('is not blamed for an end that the lab brought about', () => {
    expect(mistakeOf({ kind: 'exit', code: null, signal: 'SIGKILL', byLab: true })).toMatchObject({
      status: 'passed',
    })
  })

  it('names the first mistake by precedence, not by time', () => {
    const both = mistakeOf(
      request('one'),
      { kind: 'stall', ms: 5000, at: 6000 },
      { kind: 'exit', code: 1, signal: null, byLab: false },
    )
    expect(both).toMatchObject({ mistake: 'crashes-server' })
  })
})

describe('whether a reply waited', () => {
  const judgeWait = (
    expectation: ReturnType<ReturnType<typeof reply>['doesNotWaitFor']>,
    ...events: Event[]
  ) => judge(defineCheck({ probe, expectations: [expectation] }), run(...started, ...events)).steps[1]
  const waits = reply('one').doesNotWaitFor(done)
  const slow = reply('one').doesNotWaitFor(done, { slow: true })

  it('yes, when it came only after the gate had opened for a write', () => {
    const step = judgeWait(
      waits,
      hold,
      request('one'),
      write('done', { held: true }),
      release,
      replied('one'),
    )
    expect(step).toMatchObject({ mistake: 'waits-for-task', where: 'app.ts:7', request: 'one' })
  })

  it('no, when it was late for a reason of its own', () => {
    expect(judgeWait(waits, hold, request('one'), release, replied('one'), write('done'))).toMatchObject({
      status: 'passed',
    })
  })

  it('by order, when another process writes past the gate', () => {
    const stepOf = (bytes: number, idleMs: number) =>
      judgeWait(
        waits,
        hold,
        request('one'),
        { kind: 'responding', request: 'one', logged: bytes, idleMs },
        replied('one'),
        line('done'),
        release,
        logged('done\n'),
      )
    expect(stepOf(0, 40)).toMatchObject({ status: 'passed' })
    // A thread that nobody waited for may have been as fast.
    expect(stepOf(5, 40)).toMatchObject({ status: 'inconclusive' })
  })

  it('yes, when not one of many requests alike was answered before its line', () => {
    const names = Array.from({ length: 8 }, (_, index) => `r${index}`)
    const alike = () => names.map((name) => ({ name, line: logLine(name) }))
    const answered = (name: string, bytes: number): Event[] => [
      request(name),
      { kind: 'responding', request: name, logged: bytes, idleMs: 0 },
      replied(name),
      line(name),
    ]
    const stepOf = (lastBytes: number) =>
      judgeWait(
        reply('r0').doesNotWaitFor(logLine('r0'), { alike }),
        ...names.flatMap((name, index) => answered(name, index === 7 ? lastBytes : 3 * (index + 1))),
        logged(`${names.join('\n')}\n`),
      )
    expect(stepOf(24)).toMatchObject({ mistake: 'waits-for-task' })
    expect(stepOf(21)).toMatchObject({ status: 'passed' })
  })

  it('yes, when the child process that wrote the line had ended by then', () => {
    const step = judgeWait(
      waits,
      hold,
      request('one'),
      { kind: 'child-started', id: 1, where: 'app.ts:4', request: 'one', unfinished: ['one'] },
      { kind: 'child-ended', id: 1 },
      { kind: 'responding', request: 'one', logged: 5, idleMs: 1 },
      replied('one'),
      line('done'),
      release,
      logged('done\n'),
    )
    expect(step).toMatchObject({ mistake: 'waits-for-task', where: 'app.ts:4' })
  })

  it('no, when it began in the turn in which the request was taken, however fast another process was', () => {
    const stepOf = (...between: Event[]) =>
      judgeWait(
        waits,
        hold,
        request('one'),
        ...between,
        { kind: 'responding', request: 'one', logged: 5, idleMs: 1, atOnce: true },
        replied('one'),
        line('done'),
        release,
        logged('done\n'),
      )
    expect(stepOf()).toMatchObject({ status: 'passed' })
    const child = { kind: 'child-started', id: 1, where: 'app.ts:4', unfinished: [] } as const
    expect(stepOf(child)).toMatchObject({ status: 'passed' })
    // The server stood and waited for this one.
    expect(stepOf({ ...child, sync: true }, { kind: 'child-ended', id: 1 })).toMatchObject({
      mistake: 'waits-for-task',
      where: 'app.ts:4',
    })
  })

  it('nobody can tell, when that child ended earlier, or before a delay of the handler’s own', () => {
    const unfinished = ['one']
    const stepOf = (respondingAt: number, ...between: Event[]) =>
      judgeWait(
        waits,
        hold,
        request('one'),
        { kind: 'timer-set', id: 1, ms: 300, request: 'one', unfinished },
        { kind: 'child-started', id: 1, where: 'app.ts:4', request: 'one', unfinished, at: 10 },
        { kind: 'child-ended', id: 1, at: 20 },
        ...between,
        { kind: 'responding', request: 'one', logged: 5, idleMs: 1, at: respondingAt },
        replied('one'),
        line('done'),
        release,
        logged('done\n'),
      )
    expect(stepOf(30)).toMatchObject({ mistake: 'waits-for-task' })
    expect(stepOf(30, { kind: 'timer-fired', id: 1, at: 29 })).toMatchObject({ status: 'inconclusive' })
    expect(stepOf(900)).toMatchObject({ status: 'inconclusive' })
  })

  it('no, when a request like it was answered before its line', () => {
    const alike = () => [{ name: 'two', line: logLine('done too') }]
    const step = judgeWait(
      reply('one').doesNotWaitFor(done, { alike }),
      hold,
      request('one'),
      { kind: 'responding', request: 'one', logged: 5, idleMs: 1 },
      replied('one'),
      request('two'),
      { kind: 'responding', request: 'two', logged: 5, idleMs: 1 },
      replied('two'),
      release,
      logged('done\ndone too\n'),
    )
    expect(step).toMatchObject({ status: 'passed' })
  })

  it('yes, when there is no delay to be seen but the time is a task’s', () => {
    const late = { kind: 'reply', request: 'one', status: 200, body: '{}', ms: 2000, at: 2100 } as const
    const after = { ...release, at: 2101 }
    expect(judgeWait(slow, hold, request('one'), late, after, write('done'))).toMatchObject({
      mistake: 'waits-for-task',
    })
    const busy = { kind: 'busy', ms: 1900, at: 2000 } as const
    expect(judgeWait(slow, hold, request('one'), busy, late, after, write('done'))).toMatchObject({
      status: 'inconclusive',
    })
    // Here the check itself held the reply back until a moment before.
    const other = { kind: 'release', file: 'orders.json', one: false, at: 2095 } as const
    expect(judgeWait(slow, hold, request('one'), other, late, after, write('done'))).toMatchObject({
      status: 'passed',
    })
  })

  it('yes, when the task’s delay came before it and the write was left to itself', () => {
    const timer = {
      kind: 'timer-set',
      id: 1,
      ms: 2000,
      where: 'app.ts:5',
      request: 'one',
      unfinished: ['one'],
    } as const
    const fired = { kind: 'timer-fired', id: 1 } as const
    const events = [
      hold,
      request('one'),
      timer,
      fired,
      write('done', { held: true }),
      replied('one'),
      release,
    ] as const
    expect(judgeWait(slow, ...events)).toMatchObject({ mistake: 'waits-for-task', where: 'app.ts:5' })
    expect(judgeWait(waits, ...events)).toMatchObject({ status: 'passed' })
  })

  it('no, when the handler has a delay of its own and the task another after the reply', () => {
    const own = [
      { kind: 'timer-set', id: 1, ms: 100, where: 'app.ts:5', request: 'one', unfinished: ['one'] },
      { kind: 'timer-fired', id: 1 },
    ] as const
    const task = [
      { kind: 'timer-set', id: 2, ms: 2000, where: 'app.ts:9', request: 'one', unfinished: ['one'] },
      { kind: 'timer-fired', id: 2 },
    ] as const
    expect(
      judgeWait(slow, hold, request('one'), ...own, replied('one'), release, ...task, write('done')),
    ).toMatchObject({
      status: 'passed',
    })
  })
})

describe('a log line', () => {
  const stepOf = (...events: Event[]) =>
    judge(
      defineCheck({ probe, expectations: [done.appearsOnce()] }),
      run(...started, request('one'), replied('one'), ...events),
    ).steps[1]

  it.each([
    ['log-overwritten', [write('done', { truncates: true }), line('done'), logged('done\n', true)]],
    ['log-elsewhere', [write('done', { file: '../log.txt' }), logged('')]],
    ['log-line-repeated', [write('done'), line('done'), line('done'), logged('done\ndone\n')]],
    ['log-line-wrong', [write('Done!'), line('Done!'), logged('Done!\n')]],
    ['log-line-wrong', [logged('done')]],
    ['log-line-wrong', [{ ...write('done'), text: '\ndone' }, logged('\ndone\n')]],
    ['task-never-ran', [{ kind: 'idle', proved: true, waitedMs: 4 }, logged('')]],
  ] as const)('%s', (mistake, events) => {
    expect(stepOf(...events)).toMatchObject({ status: 'failed', mistake })
  })

  it('says until when its absence is known', () => {
    expect(stepOf({ kind: 'idle', proved: false, waitedMs: 3100 }, logged(''))?.detail).toMatch(
      /watched for 3 s/,
    )
    expect(stepOf({ kind: 'idle', proved: true, waitedMs: 4 }, logged(''))?.detail).toMatch(
      /nothing left to do/,
    )
  })

  it('leaves other lines alone', () => {
    expect(stepOf(line('debug'), line('done'), logged('debug\ndone\n'))).toMatchObject({ status: 'passed' })
  })
})

describe('the order of lines', () => {
  const [a, b] = [logLine('a'), logLine('b')]
  const stepOf = (...events: Event[]) =>
    judge(defineCheck({ probe, expectations: [logLines([a, b]).inOrder()] }), run(...started, ...events))
      .steps[1]
  const first = write('a', { id: 1, held: true })
  const second = write('b', { id: 2, held: true })
  const letGo = { kind: 'write-let-go', id: 1 } as const

  it('holds when the second begins after the first was let go', () => {
    expect(stepOf(first, letGo, line('a'), second, line('b'))).toMatchObject({ status: 'passed' })
  })

  it('does not hold when both began together, whatever the file says', () => {
    expect(stepOf(first, second, letGo, line('a'), line('b'))).toMatchObject({ mistake: 'wrong-order' })
  })

  it('does not hold when the file says otherwise', () => {
    expect(stepOf(line('b'), line('a'))).toMatchObject({ mistake: 'wrong-order' })
  })

  it('holds for writes of one stream, and for one write of both lines', () => {
    const stream = [
      write('a', { id: 1, held: true, stream: 1 }),
      write('b', { id: 2, held: true, stream: 1 }),
    ] as const
    expect(stepOf(...stream, letGo, line('a'), line('b'))).toMatchObject({ status: 'passed' })
    expect(stepOf(write('a\nb', { held: true }), letGo, line('a'), line('b'))).toMatchObject({
      status: 'passed',
    })
  })
})

describe('a run in which something was not seen', () => {
  it('is never passed: a request without any end', () => {
    const verdict = judge(check, run(...started, hold, request('one'), release, logged('')))
    expect(verdict.verdict).toBe('inconclusive')
  })

  it('is never passed: nothing at all', () => {
    expect(judge(check, run()).verdict).not.toBe('passed')
  })

  it('counts a stall that lasts from the moment the server was ready', () => {
    const stall = { kind: 'stall', ms: 1006, lasting: true, at: 1100 } as const
    const ready = { kind: 'ready', startUpMs: 95, at: 95 } as const
    expect(judge(check, run(ready, request('one'), stall)).steps[0]).toMatchObject({
      mistake: 'blocks-event-loop',
    })
  })
})

describe('notes', () => {
  it('say when a write begins inside its request', () => {
    const early = run(
      ...started,
      hold,
      request('one'),
      { kind: 'handling', request: 'one' },
      write('done', { held: true, request: 'one', unfinished: ['one'] }),
      { kind: 'responded', request: 'one', finished: true },
      replied('one'),
      release,
      { kind: 'write-let-go', id: 1 },
      line('done'),
      logged('done\n'),
    )
    const verdict = judge(check, early)
    expect(verdict.verdict).toBe('passed')
    expect(verdict.notes).toMatchObject([{ note: 'starts-early', where: 'app.ts:7' }])
  })
})
