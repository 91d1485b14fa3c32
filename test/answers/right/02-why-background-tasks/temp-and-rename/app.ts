import { readFileSync } from 'node:fs'
import { appendFile, rename, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

interface Order {
  readonly id: number
  readonly item: string
}

const saved = load()
let nextId = saved.length + 1
let lock: Promise<void> = Promise.resolve()

function load(): Order[] {
  try {
    return JSON.parse(readFileSync('orders.json', 'utf8')) as Order[]
  } catch {
    return []
  }
}

// A crash in the middle must not leave half a file.
async function save(order: Order) {
  const turn = lock.then(async () => {
    await writeFile('.orders.tmp', JSON.stringify([...saved, order]))
    await rename('.orders.tmp', 'orders.json')
    saved.push(order)
  })
  lock = turn.catch(() => {})
  await turn
}

async function afterwards(order: Order) {
  await sleep(400)
  await appendFile('log.txt', `Receipt sent for order ${order.id}\n`)
  await appendFile('log.txt', `Purchase tracked for order ${order.id}\n`)
}

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

app.post('/orders/', async (c) => {
  const { item } = await c.req.json()
  const order = { id: nextId++, item }
  await save(order)
  c.var.backgroundTasks.addTask(afterwards, order)
  return c.json(order, 201)
})

app.get('/orders/:id', (c) => {
  const id = Number(c.req.param('id'))
  const order = saved.find((each) => each.id === id)
  return order ? c.json(order, 200) : c.json({ error: 'No such order' }, 404)
})

export default app
