import { defineCheck, type Finding, passed, skipped } from '../../src/check/define-check.ts'
import { logLine, logLines } from '../../src/check/log-line.ts'
import { reply } from '../../src/check/reply.ts'
import { addedAt } from '../../src/check/place.ts'
import { thrownIn } from '../../src/check/thrown.ts'
import type { TraceView } from '../../src/check/trace-view.ts'

const ordersFile = 'orders.json'
const item = ({ nonce }: { readonly nonce: string }) => `teapot-${nonce}`
const idOf = (json: unknown) => (json as { readonly id?: number | string } | undefined)?.id

/** The reply's; one that leaves it out has made a mistake of its own, and the lines are looked for all the same. */
function orderId(view: TraceView): string {
  const id = idOf(view.json('order'))
  if (id !== undefined) return String(id)
  const logged = view.lines().flatMap(({ text }) => /^(?:Receipt|Purchase) .* order (\d+)$/.exec(text) ?? [])
  return logged[1] ?? '<id>'
}

const lines = [
  logLine((view) => `Receipt sent for order ${orderId(view)}`, { of: 'order' }),
  logLine((view) => `Purchase tracked for order ${orderId(view)}`, { of: 'order' }),
]

/** When the first write of the order ended: what comes before is the save, and no task. */
function savedAt(view: TraceView): number {
  const write = view.of('write').find(({ file }) => isOrders(file))
  const end = write && view.of('write-end').find(({ id: ended }) => ended === write.id)
  return end?.at ?? 0
}

/** An order as some answer gives it. */
interface Order {
  readonly id: unknown
  readonly item: unknown
}

function whatDiffers(
  status: number,
  { order, item: asked }: { readonly order: Partial<Order> | undefined; readonly item: string },
): Pick<Finding, 'detail' | 'next'> {
  if (status !== 201) {
    const detail = `The status is ${status}, not 201.`
    return status >= 400 ? { detail } : { detail, next: 'The status comes second: `c.json(order, 201)`.' }
  }
  if (typeof order?.id === 'number' && order.item !== asked) {
    return {
      detail: 'The item is not the one that was ordered.',
      next: 'Read the body with `await c.req.json()`: without the await, it is a promise.',
    }
  }
  if (order?.id !== undefined) return { detail: 'The id is not a number.' }
  return {
    detail: 'The order is not there, with its id and its item.',
    next: 'Answer with the order itself: `c.json(order, 201)`.',
  }
}

/** The file itself, or the one beside it that is renamed to it. */
const isOrders = (file: string) => file.startsWith(ordersFile)

export default defineCheck({
  files: [ordersFile],
  async probe({ server, log, file, nonce, mark }) {
    const orders = file(ordersFile)
    await log.hold()
    await orders.hold()
    await server.post('/orders/', { as: 'order', json: { item: item({ nonce }) } })
    mark('orders.json let go')
    await orders.release()
    const arrived = await server.arrives('order')
    const saved = idOf(server.json('order'))
    if (arrived && saved !== undefined) await server.get(`/orders/${saved}`, { as: 'read back' })
    await log.release()
    await server.settles({ lines: 2 })
    await server.get('/orders/987654321', { as: 'no such order' })
  },
  expectations: [
    {
      title: 'The client hears of an order only when it is saved',
      judge(view) {
        const seen = view.reply('order')
        const request = view.request('order')
        if (!seen || !request) return skipped
        const stored = view
          .of('file')
          .find(({ file, text }) => file === ordersFile && text.includes(item(view)))
        if (stored && stored.at < seen.at) return passed
        const deferred = view.of('write').find(({ file, at, held, id: write }) => {
          if (file !== ordersFile || at < request.at) return false
          const letGo = view.of('write-let-go').find((event) => event.id === write)?.at
          return at > seen.at || (held && (letGo ?? Number.POSITIVE_INFINITY) > seen.at)
        })
        if (!deferred && !(stored && stored.at > seen.at)) return passed
        return {
          status: 'failed',
          mistake: 'critical-work-deferred',
          detail: `The reply ${seen.status} came before the order was in ${ordersFile}. A crash now would lose an order that the client believes in.`,
          request: 'order',
          next: 'Await the save, above the `return`: the 201 promises it. Put behind the reply only what may be late, or lost.',
          ...(deferred ? addedAt(view, deferred) : {}),
        }
      },
    },
    {
      title: 'The order can be read back at once',
      answers: [{ request: 'read back', status: 200 }],
      judge(view) {
        const seen = view.reply('read back')
        if (!seen || view.reply('order')?.status !== 201) return skipped
        const expected = view.json('order') as Partial<Order>
        const read = view.json('read back') as Partial<Order> | undefined
        // Nothing less than what was promised. That something else was promised is the last step's matter.
        if (seen.status === 200 && read?.id === expected.id && read?.item === expected.item) return passed
        const detail = 'The order was promised with a 201, and asking for it right after does not give it.'
        const next =
          "Save first, then answer. Look it up where it was saved, by its number: `Number(c.req.param('id'))`."
        return {
          status: 'failed',
          mistake: 'not-saved',
          request: 'read back',
          expected: `200 ${JSON.stringify(expected)}`,
          actual: `${seen.status} ${seen.body}`,
          ...(thrownIn(view, 'read back') ?? { detail, next }),
        }
      },
    },
    reply('order').doesNotWaitFor(lines, { slow: { after: savedAt } }),
    logLines(lines).appearOnce('The receipt and the tracking each leave their line, once'),
    {
      title: 'The reply is 201 with the order',
      answers: [{ request: 'order', status: 201 }],
      judge(view) {
        const seen = view.reply('order')
        if (!seen) return skipped
        const order = view.json('order') as Partial<Order> | undefined
        if (seen.status === 201 && typeof order?.id === 'number' && order.item === item(view)) return passed
        return {
          status: 'failed',
          mistake: 'wrong-reply',
          request: 'order',
          expected: `201 {"id":<a number>,"item":"${item(view)}"}`,
          actual: `${seen.status} ${seen.body}`,
          ...(thrownIn(view, 'order') ?? whatDiffers(seen.status, { order, item: item(view) })),
        }
      },
    },
    reply('no such order').hasStatus(404).hasJson({ error: 'No such order' }),
  ],
})
