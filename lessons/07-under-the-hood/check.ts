import {
  allOf,
  defineCheck,
  type Expectation,
  type Finding,
  passed,
  skipped,
} from '../../src/check/define-check.ts'
import { type LogLine, logLine, logLines } from '../../src/check/log-line.ts'
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
          ...(early.where === undefined ? {} : { where: early.where }),
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
  if (!seen) return skipped
  if (seen.status !== 200) {
    const detail = `The client was answered ${seen.status}: the task's failure reached it.`
    return {
      status: 'failed',
      mistake: 'failure-spreads',
      detail,
      request: 'fail',
      expected: '200',
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

function yourOwn(view: TraceView): Finding {
  if (view.of('course-middleware-loaded').length === 0) return passed
  const detail = 'This answer loads bgtasks-learn/background. In this lesson you write it yourself.'
  return { status: 'failed', mistake: 'not-your-own', detail }
}

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
      reply('one').doesNotWaitFor(one),
      reply('many').doesNotWaitFor(many),
      reply('stream').doesNotWaitFor(streamed),
    ]),
    allOf('Nothing begins before the reply is sent', [
      startsAfterReply('one', [one]),
      startsAfterReply('many', many),
      startsAfterReply('stream', [streamed]),
    ]),
    { title: 'A thrown error discards the tasks', judge: discarded },
    { title: 'A failing task harms nobody else', judge: failureStays },
    logLines(many).inOrder('Tasks of a request run in order, sync or async'),
    { title: 'Requests do not wait for each other’s tasks', judge: overlap },
    logLines([one, other, ...many, streamed, afterFail]).appearOnce('Each task runs once'),
    { title: 'The middleware is your own', judge: yourOwn },
    allOf(
      'Each reply is 200',
      ['one', 'other', 'many', 'stream', 'after-fail'].map((name) => reply(name).hasStatus(200)),
    ),
    reply('thrown').hasStatus(409),
  ],
})
