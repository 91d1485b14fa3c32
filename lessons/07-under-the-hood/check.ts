import {
  allOf,
  defineCheck,
  type Expectation,
  type Finding,
  passed,
  skipped,
} from '../../src/check/define-check.ts'
import { type LogLine, logLine, logLines } from '../../src/check/log-line.ts'
import { calledAt } from '../../src/check/place.ts'
import { reply } from '../../src/check/reply.ts'
import type { TraceView } from '../../src/check/trace-view.ts'

const id = (name: string, nonce: string) => `${name}-${nonce}`
const line = (word: string, name: string) =>
  logLine(({ nonce }) => `${word} ${id(name, nonce)}`, { of: name })

const one = line('task', 'one')
const other = line('task', 'other')
const many = [line('first', 'many'), line('second', 'many'), line('third', 'many')]
const streamed = line('streamed', 'stream')
const afterFail = line('task', 'after-fail')

/** Nothing of the task began while the response was not handed over whole. */
function startsAfterReply(name: string, lines: readonly LogLine[]): Expectation {
  return {
    title: 'Nothing begins before the reply is sent',
    judge(view) {
      if (!view.reply(name)) return skipped
      for (const each of lines) {
        const text = each.text(view)
        const early = view.writesOf(text).find(({ unfinished }) => unfinished.includes(name))
        if (!early) continue
        return {
          status: 'failed',
          mistake: 'runs-too-early',
          detail: `“${text}” began to be written before the response had ended.`,
          request: name,
          ...calledAt(view, early),
        }
      }
      return passed
    },
  }
}

function discarded(view: TraceView): Finding {
  const text = `thrown ${id('thrown', view.nonce)}`
  if (!view.lines().some((seen) => seen.text === text)) return passed
  const detail = `The handler threw, and its task ran all the same: the log has “${text}”.`
  return { status: 'failed', mistake: 'discarded-task-ran', detail, request: 'thrown', expected: 'no line' }
}

function failureStays(view: TraceView): Finding {
  const seen = view.reply('fail')
  // Where no request succeeds, it is not for a task's failure.
  const usual = view.reply('one')?.status ?? 500
  if (!seen || usual >= 400) return skipped
  if (seen.status !== usual) {
    const detail = `The client was answered ${seen.status}: the task's failure reached it.`
    return {
      status: 'failed',
      mistake: 'failure-spreads',
      detail,
      request: 'fail',
      expected: `${usual}`,
      actual: `${seen.status}`,
    }
  }
  const runs = (each: LogLine) => view.lines().some(({ text }) => text === each.text(view))
  if (runs(one) && !runs(afterFail)) {
    const detail = 'After a task had failed, the next request’s task did not run.'
    return { status: 'failed', mistake: 'failure-spreads', detail, request: 'after-fail' }
  }
  return passed
}

/** While the first request's task is held, the second's has to begin all the same. */
function overlap(view: TraceView): Finding {
  const [a] = view.writesOf(one.text(view))
  const [b] = view.writesOf(other.text(view))
  const letGo = a && view.letGoAt(a)
  if (!a?.held || !b || letGo === undefined || b.at < letGo) return passed
  const detail =
    'The second request’s task began only when the first’s was let go: one request waits for another’s tasks.'
  return { status: 'failed', mistake: 'tasks-serialised', detail, request: 'other' }
}

/** Here it is the learner's middleware that loses a task, its arguments, or an error. */
function inYourOwn(expectation: Expectation): Expectation {
  return {
    ...expectation,
    judge(view, known) {
      const finding = expectation.judge(view, known)
      const next = advice.find(([pattern]) => pattern.test(`${finding.mistake} ${finding.detail}`))?.[1]
      return next === undefined ? finding : { ...finding, next }
    },
  }
}

const advice: readonly (readonly [RegExp, string])[] = [
  [
    /not 409/,
    'Let go on what the handler threw: Hono makes the reply of it, and an `HTTPException` brings its status along.',
  ],
  [/log-line-wrong/, 'Keep the arguments with the function: `tasks.push(() => fn(...args))`.'],
  [
    /reading 'addTask'/,
    "Set it before `next()`: `c.set('backgroundTasks', { addTask(fn, ...args) { … } })`.",
  ],
  [/c\.res\.on/, '`c.res` emits no events. Node’s own response does: `c.env.outgoing`.'],
  [/not finalized/, 'Every middleware has to `await next()`: the handler stands behind it.'],
  [
    /task-never-ran The line/,
    'Look at each part: `addTask` adds to the list, `c.env.outgoing` emits `close`, and then each one is called: `await task()`.',
  ],
]

function yourOwn(view: TraceView): Finding {
  if (view.of('course-middleware-loaded').length === 0) return passed
  const detail = 'This answer loads bgtasks-learn/background. In this lesson you write it yourself.'
  return { status: 'failed', mistake: 'not-your-own', detail }
}

const onClose =
  'Keep the tasks on a list, and start them when `c.env.outgoing` emits `close`. What the middleware does before it returns, or awaits, comes before the reply.'

const oneByOne =
  'Go through the list from its first task, and await each before the next: a `for…of` loop does that, `forEach` does not.'

export default defineCheck({
  async probe({ server, log, nonce }) {
    const post = (path: string, name: string) => server.post(`/${path}/?id=${id(name, nonce)}`, { as: name })

    await log.hold()
    if (await post('one', 'one')) {
      await server.settles({ lines: 0 })
      await post('one', 'other')
    }
    await server.settles({ lines: 0 })
    await log.release()
    await server.settles({ lines: 2 })

    await log.hold()
    await post('many', 'many')
    await log.releaseOneByOne()
    await server.settles({ lines: 3 })

    await log.hold()
    await post('stream', 'stream')
    await log.release()
    await server.settles({ lines: 1 })

    await post('fail', 'fail')
    await server.settles({ lines: 0 })
    await post('thrown', 'thrown')
    await server.settles({ lines: 0 })
    // What the two left behind would show after the next request.
    await post('one', 'after-fail')
    await server.settles({ lines: 1 })
  },
  expectations: [
    allOf('No reply waits for its tasks', [
      reply('one').doesNotWaitFor(one, { next: onClose }),
      reply('many').doesNotWaitFor(many, { next: onClose }),
      reply('stream').doesNotWaitFor(streamed, { next: onClose }),
    ]),
    allOf('Nothing begins before the reply is sent', [
      startsAfterReply('one', [one]),
      startsAfterReply('many', many),
      startsAfterReply('stream', [streamed]),
    ]),
    { title: 'A thrown error discards the tasks', judge: discarded },
    { title: 'A failing task harms nobody else', judge: failureStays },
    logLines(many).inOrder('Tasks of a request run in order, sync or async', {
      together: oneByOne,
      reversed: oneByOne,
    }),
    { title: 'Requests do not wait for each other’s tasks', judge: overlap },
    inYourOwn(logLines([one, other, ...many, streamed, afterFail]).appearOnce('Each task runs once')),
    { title: 'The middleware is your own', judge: yourOwn },
    allOf(
      'Each reply is 200',
      ['one', 'other', 'many', 'stream', 'after-fail'].map((name) => reply(name).hasStatus(200)),
    ),
    inYourOwn(reply('thrown').hasStatus(409)),
  ],
})
