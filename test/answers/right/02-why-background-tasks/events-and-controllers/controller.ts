import type { Context } from 'hono'
import { events } from './events.ts'
import { findOrder, newOrder, saveOrder } from './shop.ts'

export async function createOrder(c: Context) {
  const { item } = await c.req.json<{ item: string }>()
  const order = newOrder(item)
  await saveOrder(order)
  setImmediate(() => events.emit('placed', order))
  return c.json(order, 201)
}

export function showOrder(c: Context) {
  const order = findOrder(Number(c.req.param('id')))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
}
