import { allOf, defineCheck, type Finding, passed, skipped } from '../../src/check/define-check.ts'
import { logLine, logLines } from '../../src/check/log-line.ts'
import { calledAt, type Place, placed } from '../../src/check/place.ts'
import { reply } from '../../src/check/reply.ts'
import type { TraceView } from '../../src/check/trace-view.ts'

const phases = ['published', 'mail down', 'afterwards'] as const
type PhaseName = (typeof phases)[number]

const title = (phase: PhaseName, nonce: string) => `On ${phase} ${nonce}`
const published = (phase: PhaseName) =>
  logLine(({ nonce }) => `Published ${title(phase, nonce)}`, { in: phase })
const refreshed = (phase: PhaseName) => logLine('Cache refreshed', { in: phase })
const notified = (phase: PhaseName) =>
  logLine(({ nonce }) => `Subscribers notified of ${title(phase, nonce)}`, { in: phase })
const all = (phase: PhaseName) => [published(phase), refreshed(phase), notified(phase)]
const down = 'mail down'

/** Whatever words it is told in; not what JavaScript writes for a value that is none. */
const hasReason = (text: string) => !/^Notify failed: *(|undefined|null|\{\}|\[object \w+\])$/.test(text)

const isFailure = (text: string) => text.startsWith('Notify failed:')
const failures = (view: TraceView) => view.lines(down).filter(({ text }) => isFailure(text))

function has(view: TraceView, phase: PhaseName, text: string): boolean {
  return view.lines(phase).some((line) => line.text === text)
}

function failureStays(view: TraceView): Finding {
  const seen = view.reply(down)
  if (!seen) return skipped
  // Where no article can be published at all, it is not for the notifier's failure.
  const usual = view.reply('published')?.status ?? 500
  if (usual >= 400) return skipped
  if (seen.status !== usual) {
    return failed({
      mistake: 'failure-spreads',
      detail: `With the mail down, the client was answered ${seen.status}: the notifier's failure reached it.`,
      expected: `${usual}`,
      actual: `${seen.status} ${seen.body}`,
    })
  }
  for (const line of [published(down), refreshed(down)]) {
    const text = line.text(view)
    const usually = text.replace(title(down, view.nonce), title('published', view.nonce))
    const came = has(view, 'published', usually)
    if (!came || has(view, down, text)) continue
    return failed({
      mistake: 'failure-spreads',
      detail: `With the mail down, “${text}” is missing too: the failure stopped a task that was not its own.`,
      expected: `“${text}”`,
    })
  }
  const twins = all('afterwards').map((line, index) => ({ line, twin: all('published')[index]! }))
  const lost = twins.find(
    ({ line, twin }) => has(view, 'published', twin.text(view)) && !has(view, 'afterwards', line.text(view)),
  )
  if (lost && view.reply('afterwards')?.status === usual) {
    return failed({
      mistake: 'failure-spreads',
      detail: 'After the failure, the next article’s tasks did not run.',
      request: 'afterwards',
      expected: `“${lost.line.text(view)}”`,
    })
  }
  if (view.reply('afterwards')?.status !== usual) {
    return failed({
      mistake: 'failure-spreads',
      detail: 'After the failure, the next article was not published as before.',
      request: 'afterwards',
    })
  }
  return passed
}

function failureIsHeard(view: TraceView): Finding {
  if (!view.reply(down)) return skipped
  const heard = failed({ mistake: 'error-swallowed', expected: '“Notify failed: …” with the reason' })
  const claimed = view.lines(down).find(({ text }) => text === notified(down).text(view))
  if (claimed) {
    const detail = `With \`?mail=down\` the notifier has to fail, and the log says “${claimed.text}”.`
    const next =
      "Hand `c.req.query('mail')` on to `notifySubscribers`. Success is logged only if it did not throw."
    return { ...heard, detail, next, ...writer(view, claimed.text) }
  }
  const count = failures(view).length
  const [failure] = failures(view)
  if (count > 1) {
    const detail = `The failure is in the log ${count} times, not once.`
    return { ...heard, mistake: 'log-line-repeated', detail, actual: `${count} times` }
  }
  if (failure && hasReason(failure.text)) return falseAlarm(view) ?? passed
  const usual = all(down).map((line) => line.text(view))
  const other = failure ?? view.lines(down).find(({ text }) => !usual.includes(text))
  if (other) {
    return {
      ...heard,
      mistake: 'log-line-wrong',
      detail: failure
        ? 'The log says that it failed, and not why.'
        : 'The failure is in the log, in other words.',
      actual: `“${other.text}”`,
      next: 'Write `Notify failed: ` and the message of the error, in one line: `error.message`.',
      ...writer(view, other.text),
    }
  }
  const ran = view.lines(down).length > 0
  if (!ran) return skipped
  const printed = view
    .of('console')
    .some((event) => event.text.includes('Notify failed') && view.inPhase(event, down))
  const detail = printed
    ? 'The failure is on the console, where it is soon gone; the lesson asks for it in log.txt.'
    : 'The notifier failed, and the log does not say so.'
  const next = printed ? 'Write the same line to log.txt.' : catchInside
  const lost = view.of('task-failed').find((event) => view.inPhase(event, down))
  return {
    ...heard,
    detail,
    actual: 'nothing',
    next,
    ...(lost ? placed({ where: lost.where, from: lost.from ?? lost.added }) : {}),
  }
}

/** A failure in the log of an article whose subscribers were notified. */
function falseAlarm(view: TraceView): Finding | undefined {
  for (const phase of ['published', 'afterwards'] as const) {
    const alarm = view.lines(phase).find(({ text }) => isFailure(text))
    if (!alarm || !has(view, phase, notified(phase).text(view))) continue
    return failed({
      mistake: 'log-line-wrong',
      detail: 'The subscribers were notified, and the log says that it failed.',
      request: phase,
      expected: 'no such line',
      actual: `“${alarm.text}”`,
      next: 'Write it in `catch` alone. `.catch(writeLog(…))` calls `writeLog` at once; `.catch((error) => writeLog(…))` does not.',
      ...writer(view, alarm.text),
    })
  }
  return undefined
}

function writer(view: TraceView, text: string): Place {
  const [write] = view.writesOf(text)
  return write ? calledAt(view, write) : {}
}

function failed(finding: Partial<Finding> & Required<Pick<Finding, 'mistake'>>): Finding {
  return { status: 'failed', request: down, ...finding }
}

const catchInside =
  'Put `try` and `catch` into the task, around `await notifySubscribers(…)`, and write the line in `catch`. Around `addTask` nothing is caught: it only adds. Nor does `app.onError` hear of tasks.'

function failureComesLast(view: TraceView): Finding {
  const lines = view.lines(down).map(({ text }) => text)
  const [failure] = failures(view)
  if (!failure || !lines.includes(refreshed(down).text(view))) return skipped
  if (lines.indexOf(failure.text) > lines.indexOf(refreshed(down).text(view))) return passed
  const detail = `“${failure.text}” came before “Cache refreshed”.`
  return failed({ mistake: 'wrong-order', detail })
}

function countOf(view: TraceView, name: string): number | undefined {
  const count = (view.json(name) as { readonly articles?: unknown } | undefined)?.articles
  return typeof count === 'number' ? count : undefined
}

function statsGrow(view: TraceView): Finding {
  const asked = ['stats before', 'stats after published', 'stats after mail down', 'stats after afterwards']
  if (!view.reply(asked.at(-1)!)) return skipped
  for (const [index, name] of asked.entries()) {
    const now = countOf(view, name)
    const before = index === 0 ? undefined : countOf(view, asked[index - 1]!)
    if (now !== undefined && (before === undefined || now === before + 1)) continue
    return {
      status: 'failed',
      mistake: 'wrong-reply',
      detail:
        before === undefined
          ? 'GET /stats does not say how many articles there are.'
          : 'GET /stats did not grow by one.',
      ...(before === undefined
        ? {}
        : { next: 'Set the cache in the second task, once: `stats = { articles: articles.length }`.' }),
      request: name,
      expected: `{"articles":${before === undefined ? '<a number>' : before + 1}}`,
      actual: view.reply(name)?.body ?? 'nothing',
    }
  }
  return passed
}

export default defineCheck({
  async probe({ server, log, nonce, mark }) {
    await server.get('/stats', { as: 'stats before' })
    for (const phase of phases) {
      mark(phase)
      const path = phase === down ? '/articles/?mail=down' : '/articles/'
      if (phase === 'published') await log.hold()
      await server.post(path, { as: phase, json: { title: title(phase, nonce) } })
      if (phase === 'published') await log.releaseOneByOne()
      await server.settles({ lines: 3 })
      await server.get('/stats', { as: `stats after ${phase}` })
    }
  },
  expectations: [
    reply('published').doesNotWaitFor(all('published')),
    { title: 'A failing task harms neither the client nor what comes before it', judge: failureStays },
    {
      title: 'The failure is in the log',
      lines: (view) => failures(view).map(({ text }) => text),
      judge: failureIsHeard,
    },
    logLines(all('published')).inOrder('The three tasks run one after another'),
    logLines(all('afterwards')).inOrder('And so they do after a failure'),
    { title: 'With the mail down, the failure comes last', judge: failureComesLast },
    logLines(all('published')).appearOnce('Each task leaves its line, once'),
    logLines([published(down), refreshed(down)]).appearOnce('With the mail down, the first two leave theirs'),
    logLines(all('afterwards')).appearOnce('The next article has all three again'),
    allOf(
      'Each reply is 201, with the title',
      phases.map((phase) =>
        reply(phase)
          .hasStatus(201)
          .hasJson(({ nonce }) => ({ title: title(phase, nonce) })),
      ),
    ),
    {
      title: 'The cache counts each article',
      answers: [{ request: 'stats before', status: 200 }],
      judge: statsGrow,
    },
  ],
})
