import { allOf, defineCheck, passed, skipped } from '../../src/check/define-check.ts'
import { logLine, logLines } from '../../src/check/log-line.ts'
import { addedAt } from '../../src/check/place.ts'
import { reply } from '../../src/check/reply.ts'

const scheduled = { status: 'Notification scheduled' }
const both = (phase: string) => [
  logLine('admin authenticated', { in: phase }),
  logLine('Notification sent to admin', { in: phase }),
]

const order = {
  reversed:
    'Add the tasks in the order in which they are to run: what stands after `await next()` is added last.',
}

export default defineCheck({
  async probe({ server, log, nonce, mark }) {
    mark('bad token')
    // Close to the good one: it has to be that, and not only to contain it.
    await server.post(`/notify/?token=not-test123-${nonce}`, { as: 'bad token' })
    await server.settles({ lines: 0 })

    mark('good token')
    await log.hold()
    await server.post('/notify/?token=test123', { as: 'good token' })
    await log.releaseOneByOne()
    await server.settles({ lines: 2 })

    mark('no token')
    await server.post('/notify/', { as: 'no token' })
    await server.settles({ lines: 2 })
  },
  expectations: [
    {
      title: 'A bad token is refused',
      judge(view) {
        const seen = view.reply('bad token')
        if (!seen) return skipped
        if (seen.status >= 300) return passed
        return {
          status: 'failed',
          mistake: 'unauthorised-accepted',
          detail: `A request with a wrong token was answered ${seen.status}.`,
          request: 'bad token',
          expected: '401 {"error":"Invalid token"}',
          actual: `${seen.status} ${seen.body}`,
          next: seen.body.includes('Invalid token')
            ? 'The status comes second: `c.json({ error: … }, 401)`.'
            : "See that `currentUser` stands before the handler, reads `c.req.query('token')`, and returns the 401 above `await next()`.",
        }
      },
    },
    {
      title: 'A bad token starts no task',
      judge(view) {
        const [line] = view.lines('bad token')
        if (!line) return passed
        const [write] = view.writesOf(line.text, 'bad token')
        return {
          status: 'failed',
          mistake: 'unauthorised-task-ran',
          detail: `After a request with a wrong token, the log got “${line.text}”.`,
          request: 'bad token',
          expected: 'no line',
          actual: `“${line.text}”`,
          ...(write ? addedAt(view, write) : {}),
        }
      },
    },
    reply('good token').doesNotWaitFor(both('good token'), {
      alike: () => [{ name: 'no token', line: both('no token')[0]! }],
    }),
    allOf('The dependency’s task comes before the handler’s', [
      logLines(both('good token')).inOrder(undefined, order),
      logLines(both('no token')).inOrder(undefined, order),
    ]),
    logLines(both('good token')).appearOnce('A good token: both lines are in the log, once'),
    logLines(both('no token')).appearOnce('No token counts as test123: both lines again, once'),
    reply('bad token').hasStatus(401).hasJson({ error: 'Invalid token' }),
    allOf('A good token, or none, is answered 200', [
      reply('good token').hasStatus(200).hasJson(scheduled),
      reply('no token').hasStatus(200).hasJson(scheduled),
    ]),
  ],
})
