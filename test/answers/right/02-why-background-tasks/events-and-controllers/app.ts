import './listeners.ts'
import { Hono } from 'hono'
import { createOrder, showOrder } from './controller.ts'

const orders = new Hono()
orders.post('/', createOrder)
orders.get('/:id', showOrder)

const app = new Hono({ strict: false })
app.route('/orders', orders)

export default app
