import fs from 'node:fs'
import { promisify } from 'node:util'
import { Hono } from 'hono'

const writeFile = promisify(fs.writeFile)
const wait = promisify(setTimeout)

/** @typedef {{ id: number, item: string }} Order */

/** @type {Record<string, Order>} */
let orders = {}
try {
  orders = JSON.parse(fs.readFileSync('./orders.json', 'utf8'))
} catch (error) {
  console.log('starting with no orders')
}

/** @param {string} line */
function log(line) {
  fs.appendFile('./log.txt', line + '\n', function (error) {
    if (error) console.error(error)
  })
}

/** @param {Order} order */
async function afterwards(order) {
  await wait(300)
  log('Purchase tracked for order ' + order.id)
  log('Receipt sent for order ' + order.id)
}

const app = new Hono()

app.post('/orders/', async function (c) {
  const { item } = await c.req.json()
  const id = Object.keys(orders).length + 1
  const order = { id, item }
  await writeFile('./orders.json', JSON.stringify({ ...orders, [id]: order }))
  orders[id] = order
  setTimeout(afterwards, 0, order)
  return c.json(order, 201)
})

app.get('/orders/:id', function (c) {
  const order = orders[c.req.param('id')]
  if (!order) return c.json({ error: 'No such order' }, 404)
  return c.json(order)
})

export default app
