import { defineCheck } from '../../src/check/define-check.ts'
import { logLine } from '../../src/check/log-line.ts'
import { reply } from '../../src/check/reply.ts'

interface Run {
  readonly nonce: string
}

const first = ({ nonce }: Run) => `ada-${nonce}@example.com`
const second = ({ nonce }: Run) => `alan-${nonce}@example.com`
const signup = (email: string) => `/signup/?email=${encodeURIComponent(email)}`
const sentToFirst = logLine((run) => `Welcome email sent to ${first(run)}`)
const sentToSecond = logLine((run) => `Welcome email sent to ${second(run)}`)

export default defineCheck({
  async probe({ server, log, nonce }) {
    await log.hold()
    await server.post(signup(first({ nonce })), { as: 'first' })
    await log.release()
    await server.post(signup(second({ nonce })), { as: 'second' })
    await server.settles()
  },
  expectations: [
    reply('first').doesNotWaitFor(sentToFirst, { slow: true }),
    reply('second').doesNotWaitFor(sentToSecond, { slow: true }),
    sentToFirst.appearsOnce(),
    sentToSecond.appearsOnce(),
    reply('first').hasStatus(201).hasJson({ status: 'Welcome aboard' }),
    reply('second').hasStatus(201).hasJson({ status: 'Welcome aboard' }),
  ],
})
