import { appendFile, type FileHandle, open } from 'node:fs/promises'
import { Hono } from 'hono'

type Order = { id: number; item: string }

const orders: Order[] = []
let nextId = Date.now()
const file: FileHandle = await open('orders.json', 'w')
await file.writeFile('[]')

let busy = Promise.resolve()
const inTurn = (work: () => Promise<void>) => {
  const mine = busy.then(work)
  busy = mine.catch(() => undefined)
  return mine
}

async function store(order: Order) {
  const text = JSON.stringify([...orders, order])
  await file.truncate(0)
  await file.write(text, 0)
  await file.sync()
  orders.push(order)
}

const jobs: (() => Promise<void>)[] = []
async function worker() {
  while (jobs.length > 0) await jobs.shift()!().catch(console.error)
}

const app = new Hono()

app.post('/orders/', async (c) => {
  const { item } = await c.req.json<{ item: string }>()
  const order = { id: nextId++, item }
  await inTurn(() => store(order))
  jobs.push(() => appendFile('log.txt', `Purchase tracked for order ${order.id}\n`))
  jobs.push(() => appendFile('log.txt', `Receipt sent for order ${order.id}\n`))
  setTimeout(worker, 10)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const order = orders.find(({ id }) => String(id) === c.req.param('id'))
  return order ? c.json(order) : c.json({ error: 'No such order' }, 404)
})

export default app
