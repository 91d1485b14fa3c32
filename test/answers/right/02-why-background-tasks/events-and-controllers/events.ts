import { EventEmitter } from 'node:events'
import { Order } from './shop.ts'

export const events = new EventEmitter<{ placed: [order: Order] }>()
