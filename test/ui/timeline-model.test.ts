import { expect, test } from 'vitest'
import { timelineOf } from '../../src/ui/timeline-lanes.ts'
import type { Lane, Timeline } from '../../src/ui/timeline-model.ts'
import { describeTimeline } from '../../src/ui/timeline-sentences.ts'
import { answered, awaited, inBackground, nonce, trace, waited, wrote } from './timeline-traces.ts'

function lane({ lanes }: Timeline, name: string | undefined): Lane {
  const found = lanes.find((each) => each.name === name)
  if (!found) throw new Error(`No lane ${name}: there are ${lanes.map((each) => each.name).join(', ')}`)
  return found
}

function texts({ rows }: Lane): readonly string[] {
  return rows.flatMap((row) => (row.kind === 'task' ? [row.text] : []))
}

test('a sentence says what ran after the reply', () => {
  expect(describeTimeline(timelineOf(inBackground))).toEqual([
    `first (POST /signup/): reply 201 after 8.0 ms while log.txt was held; “Welcome email sent to ada-${nonce}@example.com” began 1.0 ms after the reply and was written 2.0 s after it.`,
  ])
})

test('a sentence says what ran before the reply, and what changed', () => {
  const [sentence] = describeTimeline(timelineOf(inBackground, awaited))
  expect(sentence).toMatch(
    /; in the run before: reply 201 after 2\.0 s, with “Welcome email .*” before it\.$/,
  )
  expect(describeTimeline(timelineOf(awaited))).toEqual([
    `first (POST /signup/): reply 201 after 2.0 s; “Welcome email sent to ada-${nonce}@example.com” began after 6.0 ms, was held for 14 ms and was written after 2.0 s, before the reply.`,
  ])
})

test('a run that tells the same story is not shown again', () => {
  expect(lane(timelineOf(inBackground, inBackground), 'first').previous).toBeUndefined()
})

test('many numbered requests are one lane, with the range of their replies', () => {
  const messages = Array.from({ length: 13 }, (_, index) => [
    ...answered({ as: `message ${index + 1}`, at: 250 + index, path: '/log/', replyAfter: 5 + index }),
    ...wrote({ id: index, request: `message ${index + 1}`, text: `m${index}\n`, from: 300, to: 301 }),
  ])
  const timeline = timelineOf(trace(...messages.flat()))
  expect(timeline.lanes.map(({ name }) => name)).toEqual(['message 1–13'])
  expect(describeTimeline(timeline)[0]).toMatch(
    /^message 1–13 \(POST \/log\/\): 13 requests, all answered after 5\.0 ms to 17 ms; of the one shown: /,
  )
})

test('of many, the one that waited for its task is shown', () => {
  const messages = Array.from({ length: 5 }, (_, index) => {
    const at = 250 + index
    return [
      ...answered({ as: `message ${index + 1}`, at, path: '/log/', replyAfter: 30 }),
      ...wrote({
        id: index,
        request: `message ${index + 1}`,
        text: `m${index}\n`,
        from: at + (index === 2 ? 10 : 40),
        to: at + 50,
      }),
    ]
  })
  expect(texts(lane(timelineOf(trace(...messages.flat())), 'message 1–5'))).toEqual(['m2'])
})

test('requests without any work are one lane by their path', () => {
  const stats = ['stats before', 'stats after one', 'stats after two'].map((as, index) =>
    answered({ as, at: 250 + 20 * index, path: '/stats', method: 'GET', replyAfter: 3 }),
  )
  expect(lane(timelineOf(trace(...stats.flat())), 'stats').folded?.count).toBe(3)
})

test('what a text repeats of a request outweighs the label of the queue that wrote it', () => {
  const queue = trace(
    ...answered({ as: 'ann', at: 250, path: `/mail?to=ann-${nonce}`, replyAfter: 5 }),
    ...answered({ as: 'ben', at: 251, path: `/mail?to=ben-${nonce}`, replyAfter: 5 }),
    ...waited({ id: 1, request: 'ann', ms: 100, from: 256 }),
    ...wrote({ id: 1, request: 'ann', text: `Sent to ann-${nonce}\n`, from: 356, to: 357 }),
    ...waited({ id: 2, request: 'ann', ms: 100, from: 358 }),
    ...wrote({ id: 2, request: 'ann', text: `Sent to ben-${nonce}\n`, from: 458, to: 459 }),
  )
  const timeline = timelineOf(queue)
  expect(texts(lane(timeline, 'ann'))).toEqual([`Sent to ann-${nonce}`])
  expect(lane(timeline, 'ben').rows).toEqual([
    expect.objectContaining({ text: `Sent to ben-${nonce}`, delay: { from: 107, to: 207 } }),
  ])
})

test('one write may hold the lines of several requests', () => {
  const batch = trace(
    ...answered({ as: 'ann', at: 250, path: `/log?msg=a-${nonce}`, replyAfter: 5 }),
    ...answered({ as: 'ben', at: 250, path: `/log?msg=b-${nonce}`, replyAfter: 5 }),
    ...wrote({ id: 1, text: `a-${nonce}\nb-${nonce}\n`, from: 300, to: 301 }),
  )
  expect(timelineOf(batch).lanes.map(texts)).toEqual([[`a-${nonce}`], [`b-${nonce}`]])
})

test('a stack trace belongs to the error above it, and gives no row its name', () => {
  const stack = (id: string) =>
    `Failed for ${id}: Error: no mail\n    at send (app.ts:31:9)\n    at main (app.ts:4:1)`
  const failing = trace(
    ...answered({ as: 'ann', at: 250, path: `/log?msg=a-${nonce}`, replyAfter: 5 }),
    ...answered({ as: 'ben', at: 250, path: `/log?msg=b-${nonce}`, replyAfter: 5 }),
    // A queue that ann began writes for ben; a poller knows nobody; a child process writes by itself.
    ...wrote({ id: 1, request: 'ann', text: `${stack(`b-${nonce}`)}\n`, from: 300, to: 301 }),
    ...wrote({ id: 2, text: `${stack('nobody')}\n`, from: 310, to: 311 }),
    ...stack(`a-${nonce}`)
      .split('\n')
      .map((text) => ({ kind: 'line', file: 'log.txt', text, at: 320 }) as const),
    ...wrote({ id: 3, text: '    at alone (app.ts:40:1)\n', from: 330, to: 331 }),
    { kind: 'console', stream: 'stderr', text: `    at /srv/a-${nonce}/app.ts:31:9`, at: 340 },
  )
  const timeline = timelineOf(failing)
  expect(timeline.lanes.map(texts)).toEqual([
    [`Failed for a-${nonce}: Error: no mail`],
    [`Failed for b-${nonce}: Error: no mail …`],
    ['Failed for nobody: Error: no mail …', '    at alone (app.ts:40:1)'],
  ])
  expect(describeTimeline(timeline).at(-1)).toMatch(/“Failed for nobody.*; a stack trace began/)
})

test('a line that another process wrote stands where it was seen', () => {
  const child = trace(...answered({ as: 'first', at: 250, path: `/log?msg=${nonce}`, replyAfter: 5 }), {
    kind: 'line',
    file: 'log.txt',
    text: nonce,
    at: 300,
  })
  expect(describeTimeline(timelineOf(child))).toEqual([
    `first (POST /log): reply 200 after 5.0 ms; “${nonce}” was in the log 46 ms after the reply.`,
  ])
})

test('a poll set going before the request is no wait of its task', () => {
  const polled = trace(
    ...waited({ id: 1, ms: 100, from: 200 }),
    ...answered({ as: 'first', at: 250, path: `/log?msg=${nonce}`, replyAfter: 5 }),
    ...wrote({ id: 1, text: `${nonce}\n`, from: 301, to: 302 }),
  )
  expect(describeTimeline(timelineOf(polled))).toEqual([
    `first (POST /log): reply 200 after 5.0 ms; “${nonce}” began 47 ms after the reply and was written 48 ms after it.`,
  ])
})

test('such a line was there by the time the response began, if the response says so', () => {
  const early = trace(
    ...answered({ as: 'first', at: 250, path: `/log?msg=${nonce}`, replyAfter: 20 }),
    { kind: 'responding', request: 'first', logged: nonce.length + 1, idleMs: 3, at: 268 },
    { kind: 'line', file: 'log.txt', text: nonce, at: 280 },
  )
  expect(describeTimeline(timelineOf(early))[0]).toContain('was in the log after 18 ms, before the reply')
})

test('an empty line is of the one request that sent nothing', () => {
  const worker = trace(
    ...answered({ as: 'ann', at: 250, path: `/log?msg=a-${nonce}`, replyAfter: 5 }),
    ...answered({ as: 'nothing', at: 260, path: '/log?msg=', replyAfter: 5 }),
    { kind: 'line', file: 'log.txt', text: '', at: 270 },
  )
  expect(timelineOf(worker).lanes.map(({ rows }) => rows.length)).toEqual([0, 1])
})

test('what no request explains has a lane of its own', () => {
  const stray = trace(
    ...answered({ as: 'first', at: 250, path: '/log', replyAfter: 5 }),
    ...wrote({ id: 1, text: 'tick\n', from: 300, to: 301 }),
    ...wrote({ id: 2, text: 'starting up\n', from: 100, to: 101 }),
  )
  expect(describeTimeline(timelineOf(stray))).toContain(
    'Outside any request: “tick” began after 50 ms and was written after 51 ms.',
  )
  expect(texts(lane(timelineOf(stray), undefined))).toEqual(['tick'])
})

test('a printed line that is in the log too is one task', () => {
  const line = `Sent to ann-${nonce}`
  const both = trace(
    ...answered({ as: 'ann', at: 250, path: `/mail?to=ann-${nonce}`, replyAfter: 5 }),
    { kind: 'console', stream: 'stdout', text: line, at: 301 },
    ...wrote({ id: 1, request: 'ann', text: `${line}\n`, from: 300, to: 302 }),
  )
  expect(describeTimeline(timelineOf(both))[0]).toMatch(/and was written and printed 48 ms after it\.$/)
  expect(texts(lane(timelineOf(both), 'ann'))).toEqual([line])
})

test('a line only printed came when its wait was over: the pipe is late', () => {
  const printed = trace(
    ...answered({ as: 'ann', at: 250, path: `/mail?to=ann-${nonce}`, replyAfter: 103 }),
    ...waited({ id: 1, request: 'ann', ms: 100, from: 252 }),
    { kind: 'console', stream: 'stdout', text: `Sent to ann-${nonce}`, at: 355 },
  )
  expect(describeTimeline(timelineOf(printed))[0]).toMatch(
    /began after 2\.0 ms and was printed after 102 ms, before the reply\.$/,
  )
})

test('a request without a reply says why', () => {
  const none = trace(
    { kind: 'request', request: 'first', method: 'POST', path: '/log/', at: 250 },
    { kind: 'handling', request: 'first', at: 252 },
    { kind: 'no-reply', request: 'first', reason: 'never', waitedMs: 40, at: 290 },
  )
  expect(describeTimeline(timelineOf(none))).toEqual(['first (POST /log/): no reply, and none could come.'])
})

test('a delay still running when the run was ended is drawn, a cleared one is not', () => {
  const request = answered({ as: 'first', at: 250, path: '/', replyAfter: 5 })
  const timer = { kind: 'timer-set', id: 1, ms: 60_000, request: 'first', unfinished: [], at: 253 } as const
  const open = trace(...request, timer, { kind: 'idle', proved: false, waitedMs: 9000, at: 9300 })
  const cleared = trace(...request, timer, { kind: 'idle', proved: true, waitedMs: 5, at: 300 })
  expect(describeTimeline(timelineOf(open))[0]).toContain(
    'a delay of 60.0 s began after 3.0 ms, before the reply, and was not over in the end',
  )
  expect(lane(timelineOf(cleared), 'first').rows).toEqual([])
})

test('a standstill is told once, though it is reported while it lasts and at its end', () => {
  const stalled = trace(
    ...answered({ as: 'first', at: 250, path: '/', replyAfter: 3000 }),
    { kind: 'stall', ms: 1500, at: 1800 },
    { kind: 'stall', ms: 2900, where: 'app.ts:9', at: 3200 },
  )
  expect(lane(timelineOf(stalled), 'first').rows).toEqual([
    { kind: 'stall', from: 50, to: 2950, where: 'app.ts:9' },
  ])
})
