import { appendFileSync, writeFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'

const orders = []

parentPort.on('message', (item) => {
  const order = { id: Date.now(), item }
  orders.push(order)
  writeFileSync('orders.json', JSON.stringify(orders))
  parentPort.postMessage(order)
  appendFileSync('log.txt', `Receipt sent for order ${order.id}\n`)
  appendFileSync('log.txt', `Purchase tracked for order ${order.id}\n`)
})
