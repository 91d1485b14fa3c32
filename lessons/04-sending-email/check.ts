import { allOf, defineCheck, type Finding, passed, skipped } from '../../src/check/define-check.ts'
import { logLine, logLines } from '../../src/check/log-line.ts'
import { type Place, placed } from '../../src/check/place.ts'
import { reply } from '../../src/check/reply.ts'
import { busyBetween, milliseconds, type TraceView } from '../../src/check/trace-view.ts'

/** The mail takes five seconds; a little less is nobody's mistake. */
const shortestMs = 4500
/** Mails that overlap end within moments of each other, mails in a row five seconds apart. */
const rowMs = 2500

const names = ['first', 'ann', 'ben', 'cleo'] as const
const together = ['ann', 'ben', 'cleo'] as const
type Name = (typeof names)[number]

const email = (name: Name, nonce: string) => `${name}-${nonce}@example.com`
const send = (name: Name, nonce: string) => `/send-mail/?email=${encodeURIComponent(email(name, nonce))}`
const text = (name: Name, nonce: string) => `Sent email to ${email(name, nonce)}: Welcome!`
const line = (name: Name) => logLine(({ nonce }) => text(name, nonce), { of: name })

interface Sent extends Pick<Place, 'where'> {
  readonly kind: 'write' | 'line' | 'console'
  readonly at: number
}

/** When a mail's line came, in the log or on the console. */
function logged(view: TraceView, name: Name): Sent | undefined {
  const wanted = text(name, view.nonce)
  return view.writesOf(wanted)[0] ?? view.lines().find((seen) => seen.text === wanted)
}

/** A prefix, a time or a colour around it is as good. */
function printed(view: TraceView, name: Name): readonly Sent[] {
  return view.of('console').filter((seen) => seen.text.includes(text(name, view.nonce)))
}

/** A reply that came only when some other request's mail had been sent, a whole mail's time after it was asked for. */
function waitsForAnother(view: TraceView): Finding {
  for (const name of together) {
    const seen = view.reply(name)
    const asked = view.request(name)
    if (!seen || !asked || seen.ms < rowMs) continue
    const other = names.find((each) => {
      const sent = each === name ? undefined : logged(view, each)
      return sent && sent.at > asked.at && sent.at < seen.at
    })
    if (!other) continue
    const detail = `The reply came after ${milliseconds(seen.ms)}, when another request’s mail had been sent.`
    return { status: 'failed', mistake: 'waits-for-task', detail, request: name }
  }
  return passed
}

function serialised(view: TraceView): Finding {
  const times = together.flatMap((name) => logged(view, name) ?? printed(view, name)[0] ?? [])
  if (times.length < together.length) return skipped
  const spread = Math.max(...times.map((sent) => sent.at)) - Math.min(...times.map((sent) => sent.at))
  if (spread < rowMs) return { ...passed, detail: `Their lines came within ${milliseconds(spread)}.` }
  const busy = busyBetween(
    view,
    Math.min(...times.map((sent) => sent.at)),
    Math.max(...times.map((sent) => sent.at)),
  )
  if (busy > spread / 2) return tooBusy(busy)
  const first = Math.min(...together.flatMap((name) => view.request(name)?.at ?? []))
  const ends = times.map((sent) => milliseconds(sent.at - first)).join(', ')
  const detail = `Three mails asked for at once were sent after ${ends}: each waited for the one before.`
  return { status: 'failed', mistake: 'tasks-serialised', detail }
}

function tooBusy(ms: number): Finding {
  const detail = `This machine was too busy to tell: for ${milliseconds(ms)} not even the check itself could run. Close what you can, then check again.`
  return { status: 'inconclusive', detail }
}

/** Why a mail took no time, as far as its delays show it. */
function withoutDelay(
  view: TraceView,
  { name, sent }: { readonly name: Name; readonly sent: Sent },
): Partial<Finding> {
  const fired = new Map(view.of('timer-fired').map(({ id, at }) => [id, at]))
  const delays = view.of('timer-set').filter(({ request }) => request === name)
  const unended = delays.find(({ id }) => (fired.get(id) ?? Number.POSITIVE_INFINITY) > sent.at)
  // What is printed is seen a little later than it was: whether before the delay or in it cannot be told.
  if (unended && sent.kind === 'console') {
    return {
      detail: `The line was printed, and a delay of ${milliseconds(unended.ms)} had not ended.`,
      next: 'Wait first, and await it, then print: `await sleep(5000)` stands above `console.log`.',
      ...placed({ where: unended.where, from: undefined }),
    }
  }
  const running = delays.find(({ id, at }) => {
    return at <= sent.at && (fired.get(id) ?? Number.POSITIVE_INFINITY) > sent.at
  })
  if (running) {
    const detail = `A delay of ${milliseconds(running.ms)} was begun, and the line came without waiting for it.`
    const next =
      'Await the delay: `await sleep(5000)`, with `setTimeout` from `node:timers/promises` as `sleep`.'
    return { detail, next, ...placed({ where: running.where, from: undefined }) }
  }
  const later = delays.find(({ at }) => at > sent.at)
  if (later) {
    return {
      next: 'Wait first, then say that it was sent.',
      ...placed({ where: later.where, from: undefined }),
    }
  }
  const [longest] = delays.toSorted((a, b) => b.ms - a.ms)
  return {
    next: 'Timers count in milliseconds: five seconds are 5000.',
    ...(longest ? placed({ where: longest.where, from: undefined }) : {}),
  }
}

function tooShort(view: TraceView): Finding {
  for (const name of names) {
    const asked = view.of('handling').find(({ request }) => request === name)
    const sent = [logged(view, name), ...printed(view, name)].flatMap((each) => each ?? [])
    if (!asked) continue
    for (const each of sent) {
      const took = each.at - asked.at
      if (took >= shortestMs) continue
      return {
        status: 'failed',
        mistake: 'task-too-short',
        detail: `The line came ${milliseconds(took)} after the request. The mail has to take 5 seconds.`,
        request: name,
        expected: 'after 5 s',
        actual: `after ${milliseconds(took)}`,
        ...placed(each),
        ...withoutDelay(view, { name, sent: each }),
      }
    }
  }
  return passed
}

function onConsole(view: TraceView): Finding {
  let unseen = false
  for (const name of names) {
    const count = printed(view, name).length
    if (count === 1) continue
    // A mail that never came, or came with other words, is another step's matter.
    if (count === 0 && !logged(view, name)) {
      unseen = true
      continue
    }
    const like = view.of('console').find((seen) => seen.text.includes(email(name, view.nonce)))
    return {
      status: 'failed',
      mistake: 'console-line-missing',
      expected: `“${text(name, view.nonce)}” on the console, once`,
      ...(count > 0
        ? { detail: `The mail’s line was printed ${count} times.`, actual: `${count} times` }
        : like
          ? {
              detail: 'Something else was printed in its place.',
              actual: `“${like.text}”`,
              next: 'Build the line once, between backticks, and use it for both: `console.log` puts a space between its arguments.',
            }
          : { detail: 'The mail’s line was not printed.', actual: 'nothing' }),
    }
  }
  return unseen ? skipped : passed
}

export default defineCheck({
  async probe({ server, log, nonce }) {
    await log.hold()
    const answered = await server.post(send('first', nonce), { as: 'first' })
    await log.release()
    if (answered) {
      await Promise.all(together.map((name) => server.post(send(name, nonce), { as: name })))
      await server.get(`/nowhere-${nonce}`, { as: 'meanwhile' })
    }
    await server.settles({ lines: answered ? names.length : 1 })
  },
  expectations: [
    allOf('No reply waits for its mail', [
      ...names.map((name) => reply(name).doesNotWaitFor(line(name), { slow: true })),
      { title: 'No reply waits for another mail', judge: waitsForAnother },
    ]),
    {
      title: 'Three mails at once overlap',
      judge: serialised,
    },
    {
      title: 'A mail takes five seconds',
      judge: tooShort,
    },
    logLines(names.map(line)).appearOnce('Each mail leaves its line in the log, once'),
    {
      title: 'Each mail leaves its line on the console, once',
      judge: onConsole,
    },
    allOf(
      'Each reply is 200, with the right JSON',
      names.map((name) =>
        reply(name)
          .hasStatus(200)
          .hasJson(({ nonce }) => ({ status: `Email to ${email(name, nonce)} is being sent in background` })),
      ),
    ),
    {
      title: 'Another path is answered while the mails are on their way',
      judge(view) {
        const seen = view.reply('meanwhile')
        const firstSent = Math.min(...names.flatMap((name) => logged(view, name)?.at ?? []))
        const asked = view.request('meanwhile')?.at ?? 0
        // A mail that was out before the request was sent is another step's matter.
        if (!seen || firstSent < asked) return skipped
        if (seen.at < firstSent) return { ...passed, detail: `It took ${milliseconds(seen.ms)}.` }
        const detail = `It was answered after ${milliseconds(seen.ms)}, when a mail had been sent.`
        return { status: 'failed', mistake: 'wrong-reply', detail, request: 'meanwhile' }
      },
    },
  ],
})
