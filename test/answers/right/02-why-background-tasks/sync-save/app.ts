import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'

type Order = { id: number; item: string }

class OrderStore {
  private readonly orders: Order[]

  constructor(private readonly file: string) {
    this.orders = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  }

  add(item: string): Order {
    const order = { id: this.orders.length + 1, item }
    this.orders.push(order)
    writeFileSync(this.file, JSON.stringify(this.orders))
    return order
  }

  get(id: number) {
    return this.orders.find((order) => order.id === id)
  }
}

const store = new OrderStore('orders.json')
const app = new Hono<{ Bindings: HttpBindings }>()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = store.add(item)
  c.env.outgoing.on('finish', () => {
    void log(`Receipt sent for order ${order.id}`, 400)
    void log(`Purchase tracked for order ${order.id}`, 300)
  })
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = store.get(parseInt(c.req.param('id'), 10))
  if (!order) return c.json({ error: 'No such order' }, 404)
  return c.json(order)
})

async function log(line: string, ms: number) {
  await sleep(ms)
  await appendFile('log.txt', line + '\n')
}

export default app
