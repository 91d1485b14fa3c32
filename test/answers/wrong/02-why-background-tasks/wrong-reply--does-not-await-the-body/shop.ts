// Ready-made: nothing to change here.
import { readFileSync } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Order {
  readonly id: number
  readonly item: string
}

const saved: Order[] = readOrders()
let lastId = Math.max(0, ...saved.map((order) => order.id))
let lastSave: Promise<void> = Promise.resolve()

/** An order with a number of its own. It is not saved yet. */
export function newOrder(item: string): Order {
  lastId += 1
  return { id: lastId, item }
}

/** Saves the order in orders.json, after the saves that came before it. */
export async function saveOrder(order: Order): Promise<void> {
  await sleep(200)
  const save = lastSave.then(async () => {
    await writeFile('orders.json', JSON.stringify([...saved, order], null, 2))
    saved.push(order)
  })
  lastSave = save.catch(() => {})
  await save
}

/** Finds only what has been saved. */
export function findOrder(id: number): Order | undefined {
  return saved.find((order) => order.id === id)
}

export async function sendReceipt(order: Order): Promise<void> {
  await sleep(400)
  await appendFile('log.txt', `Receipt sent for order ${order.id}\n`)
}

export async function trackPurchase(order: Order): Promise<void> {
  await sleep(300)
  await appendFile('log.txt', `Purchase tracked for order ${order.id}\n`)
}

/** Without a file, or with one that cannot be read, the shop starts empty. */
function readOrders(): Order[] {
  try {
    const orders: unknown = JSON.parse(readFileSync('orders.json', 'utf8'))
    return Array.isArray(orders) ? orders.filter((order) => Number.isInteger(order?.id)) : []
  } catch {
    return []
  }
}
