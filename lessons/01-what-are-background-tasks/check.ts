import { allOf, defineCheck } from '../../src/check/define-check.ts'
import { logLine, logLines } from '../../src/check/log-line.ts'
import { reply } from '../../src/check/reply.ts'

interface Run {
  readonly nonce: string
}

const first = ({ nonce }: Run) => `ada-${nonce}@example.com`
const second = ({ nonce }: Run) => `alan-${nonce}@example.com`
const signup = (email: string) => `/signup/?email=${encodeURIComponent(email)}`
const sentToFirst = logLine((run) => `Welcome email sent to ${first(run)}`, { of: 'first' })
const sentToSecond = logLine((run) => `Welcome email sent to ${second(run)}`, { of: 'second' })

const welcomed = (name: string) => reply(name).hasStatus(201).hasJson({ status: 'Welcome aboard' })

export default defineCheck({
  async probe({ server, log, nonce }) {
    await log.hold()
    await server.post(signup(first({ nonce })), { as: 'first' })
    await log.release()
    await server.post(signup(second({ nonce })), { as: 'second' })
    await server.settles({ lines: 2 })
  },
  expectations: [
    allOf('The reply does not wait for the mail', [
      reply('first').doesNotWaitFor(sentToFirst, { slow: true }),
      reply('second').doesNotWaitFor(sentToSecond, { slow: true }),
    ]),
    logLines([sentToFirst, sentToSecond]).appearOnce('Each mail is sent, once'),
    allOf('The reply is 201, with the right JSON', [welcomed('first'), welcomed('second')]),
  ],
})
