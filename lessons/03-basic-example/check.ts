import { allOf, defineCheck } from '../../src/check/define-check.ts'
import { logLine, logLines } from '../../src/check/log-line.ts'
import { reply } from '../../src/check/reply.ts'

const log = (message: string) => `/log/?msg=${encodeURIComponent(message)}`

/** What real messages are like: some at once, some alike, not all of them ASCII, one empty, one long. */
function messages(nonce: string): readonly string[] {
  const plain = Array.from({ length: 10 }, (_, index) => `${nonce} message ${index + 1}`)
  const long = `${'on and on '.repeat(15)}${nonce}`
  return ['', ...plain, `Grüße 🎉 aus Köln ${nonce}`, `a=1&b=2 100% + ${nonce}`, long]
}

const held = logLine(({ nonce }) => nonce, { in: 'held', of: 'first' })
const heldToo = logLine(({ nonce }) => `${nonce} again`, { in: 'held', of: 'second' })

const many = ({ nonce }: { readonly nonce: string }) =>
  messages(nonce).map((message, index) => {
    const name = `message ${index + 1}`
    return { name, line: logLine(message, { in: 'many messages', of: name }) }
  })

export default defineCheck({
  async probe({ server, log: file, nonce, mark }) {
    mark('held')
    await file.hold()
    // The second shows whether a reply waits for the task of the request before.
    const answered = await server.post(log(nonce), { as: 'first' })
    if (answered) {
      // A sync write of the first passes by now; an async one waits at the gate.
      await server.settles({ lines: 0 })
      await server.post(log(`${nonce} again`), { as: 'second' })
    }
    await file.release()
    await server.settles({ lines: answered ? 2 : 1 })
    mark('many messages')
    await Promise.all(
      messages(nonce).map((message, index) => server.post(log(message), { as: `message ${index + 1}` })),
    )
    await server.settles({ lines: messages(nonce).length })
  },
  expectations: [
    allOf('The reply does not wait for the task', [
      reply('first').doesNotWaitFor(held, { alike: many }),
      reply('second').doesNotWaitFor(heldToo, { alike: many }),
    ]),
    logLines([held, heldToo]).appearOnce('The line is in the log, once'),
    logLines((view) => many(view).map(({ line }) => line)).appearOnce(
      'Many messages at once: each is there, once',
    ),
    reply('first').hasStatus(200).hasJson({ status: 'Message logged in background' }),
  ],
})
