import { Chalk } from 'chalk'
import stringWidth from 'string-width'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Trace } from '../../src/check/trace.ts'
import { timelineOf } from '../../src/ui/timeline-lanes.ts'
import { describeTimeline } from '../../src/ui/timeline-sentences.ts'
import { renderTimeline } from '../../src/ui/timeline.ts'
import { answered, awaited, inBackground, nonce, trace, waited, wrote } from './timeline-traces.ts'

const screen = { width: 80, colour: new Chalk({ level: 0 }), plain: false }

function drawn(run: Trace, options: Partial<typeof screen> = {}, previous?: Trace): string {
  return renderTimeline(timelineOf(run, previous), { ...screen, ...options })
}

function sentences(run: Trace, previous?: Trace): readonly string[] {
  return describeTimeline(timelineOf(run, previous))
}

/** What a lane's row shows right of its label, by a part of the label. */
function row(drawing: string, label: string): string {
  const line = drawing.split('\n').find((each) => each.includes(label))
  if (line === undefined) throw new Error(`No row “${label}” in\n${drawing}`)
  return line
}

/** A save that is held, a task, a blocked event loop and a crash. */
const busy = trace(
  { kind: 'hold', file: 'log.txt', at: 250 },
  { kind: 'hold', file: 'orders.json', at: 250 },
  ...answered({ as: 'order', at: 251, path: '/orders/', replyAfter: 220, status: 201 }),
  ...waited({ id: 1, request: 'order', ms: 200, from: 255 }),
  ...wrote({ id: 1, request: 'order', text: '[]', from: 456, to: 466, letGoAt: 464, file: 'orders.json' }),
  { kind: 'release', file: 'orders.json', one: false, at: 463 },
  { kind: 'release', file: 'log.txt', one: false, at: 480 },
  ...waited({ id: 2, request: 'order', ms: 400, from: 473 }),
  ...wrote({ id: 2, request: 'order', text: 'Receipt sent for order 1\n', from: 874, to: 875 }),
  { kind: 'stall', ms: 1500, where: 'app.ts:20', at: 2500 },
  {
    kind: 'crash',
    origin: 'unhandledRejection',
    message: 'Error: no mail today',
    where: 'app.ts:31',
    at: 2600,
  },
)

describe('a drawing', () => {
  test.each([60, 80, 120])('of work after the response, %i columns', async (width) => {
    await expect(drawn(inBackground, { width })).toMatchFileSnapshot(`timeline-screens/after-${width}.txt`)
  })

  test.each([60, 80, 120])('of work before the response, %i columns', async (width) => {
    await expect(drawn(awaited, { width })).toMatchFileSnapshot(`timeline-screens/before-${width}.txt`)
  })

  test.each([60, 80, 120])('of a run with all kinds of rows, %i columns', async (width) => {
    await expect(drawn(busy, { width })).toMatchFileSnapshot(`timeline-screens/all-kinds-${width}.txt`)
  })

  test('with the run before it', async () => {
    await expect(drawn(inBackground, {}, awaited)).toMatchFileSnapshot('timeline-screens/progress-80.txt')
  })

  test.each([60, 80, 120])('in plain ASCII, %i columns', async (width) => {
    const plain = drawn(busy, { width, plain: true }) + drawn(inBackground, { width, plain: true }, awaited)
    expect(plain).toMatch(/^[\n\x20-\x7e]*$/)
    await expect(plain).toMatchFileSnapshot(`timeline-screens/plain-${width}.txt`)
  })

  test.each([60, 61, 79, 80, 99, 100, 120, 200])('is never wider than its screen: %i columns', (width) => {
    for (const run of [inBackground, awaited, busy]) {
      const widths = drawn(run, { width }, awaited)
        .split('\n')
        .map((line) => stringWidth(line))
      expect(Math.max(...widths)).toBeLessThanOrEqual(width)
    }
  })

  test.each([60, 80, 120])('explains each sign that is seen, and no other: %i columns', (width) => {
    const printedOnly = trace(
      ...answered({ as: 'first', at: 250, path: `/?id=${nonce}`, replyAfter: 9 }),
      { kind: 'hold', file: 'log.txt', at: 249 },
      { kind: 'console', stream: 'stdout', text: `mail ${nonce}`, at: 262 },
      { kind: 'request', request: 'second', method: 'GET', path: '/', at: 400 },
      { kind: 'no-reply', request: 'second', reason: 'deadline', waitedMs: 500, at: 900 },
    )
    for (const [run, previous] of [
      [inBackground, awaited],
      [awaited, inBackground],
      [busy, undefined],
      [printedOnly, undefined],
    ] as const) {
      const [chart, legend] = drawn(run, { width }, previous).split(/\n\n(?=[^\n]+ under way)/)
      const signs = (text: string) => new Set(text.match(/[\u2500-\u25ff✗]/g))
      const [, , ...rows] = chart!.split('\n')
      const broken = /╱/.test(chart!) ? ['╱'] : []
      expect(signs(legend!)).toEqual(new Set([...signs(rows.join('\n')), ...broken]))
    }
  })

  test('says the same without colour', () => {
    const coloured = drawn(busy, { colour: new Chalk({ level: 3 }) })
    expect(coloured).not.toBe(drawn(busy))
    expect(stripVTControlCharacters(coloured)).toBe(drawn(busy))
  })

  test('gives way to sentences where it has no room', async () => {
    const words = drawn(inBackground, { width: 40 })
    expect(words).not.toContain('●')
    await expect(words).toMatchFileSnapshot('timeline-screens/words-40.txt')
  })

  test('cuts a long message where it has most room', () => {
    const message = 'Error: a message far too long for what is left of this line, however it is turned'
    const crashed = trace(...answered({ as: 'first', at: 250, path: '/', replyAfter: 5 }), {
      kind: 'crash',
      origin: 'uncaughtException',
      message,
      at: 900,
    })
    expect(row(drawn(crashed, { width: 60 }), 'the server ended')).toMatch(
      /│ +Error: a message far[^│]*…\s+✗$/,
    )
  })

  test('of a server that was asked nothing is empty', () => {
    expect(drawn(trace())).toBe('')
  })
})

describe('before and after the response', () => {
  test('are told apart however close together', () => {
    const close = trace(
      ...answered({ as: 'first', at: 250, path: '/', replyAfter: 2000 }),
      ...wrote({ id: 1, request: 'first', text: 'before\n', from: 2248.9, to: 2249.2 }),
      ...wrote({ id: 2, request: 'first', text: 'after\n', from: 2249.8, to: 2249.9 }),
    )
    expect(row(drawn(close, { width: 60 }), '“before”')).toMatch(/■│$/)
    expect(row(drawn(close, { width: 60 }), '“after”')).toMatch(/│■$/)
  })

  test('a task that begins before and ends after crosses the line', () => {
    const crossing = trace(
      ...answered({ as: 'first', at: 250, path: '/', replyAfter: 150 }),
      ...waited({ id: 1, request: 'first', ms: 500, from: 254 }),
      ...wrote({ id: 1, request: 'first', text: 'mail\n', from: 754.5, to: 755 }),
    )
    expect(row(drawn(crossing), '“mail”')).toMatch(/┄│┄.*■/)
    expect(sentences(crossing)).toEqual([
      'first (POST /): reply 200 after 150 ms; “mail” began after 4.0 ms, before the reply, and was written 356 ms after the reply.',
    ])
  })

  test('a remark stands beside the line, not on it', () => {
    for (const width of [60, 80, 100, 120])
      for (const replyAfter of [5, 20, 80, 400, 900]) {
        const cut = trace(
          ...answered({ as: 'first', at: 250, path: '/', replyAfter }),
          ...wrote({ id: 1, request: 'first', text: 'mail\n', from: 253, to: 254 }).slice(0, 1),
          { kind: 'exit', at: 1250, code: 1, signal: null, byLab: false },
        )
        expect(row(drawn(cut, { width }), '“mail”')).toMatch(/│.*not finished|not finished .*│/)
      }
  })

  test('a wait before the response and a write after it are two things', () => {
    const split = trace(
      ...answered({ as: 'first', at: 250, path: '/', replyAfter: 310 }),
      ...waited({ id: 1, request: 'first', ms: 300, from: 255 }),
      ...wrote({ id: 1, request: 'first', text: 'mail\n', from: 561, to: 562 }),
    )
    expect(row(drawn(split), 'delay of 300 ms')).toMatch(/┄ +│$|┄│$/)
    expect(row(drawn(split), '“mail”')).toMatch(/│ *□?─*■$/)
  })

  test('the line is where the server let the response go, if the client was late to hear of it', () => {
    const late = trace(
      { kind: 'request', request: 'first', method: 'GET', path: '/', at: 250 },
      { kind: 'handling', request: 'first', at: 252 },
      { kind: 'responded', request: 'first', finished: true, at: 260 },
      ...wrote({ id: 1, request: 'first', text: 'mail\n', from: 270, to: 271 }),
      { kind: 'reply', request: 'first', status: 200, body: '', ms: 60, at: 310 },
    )
    expect(row(drawn(late), 'GET /')).toMatch(/━─+ 200 after 60 ms ─●/)
    expect(row(drawn(late), '“mail”')).toMatch(/│ +□─+■/)
  })
})
