import { events } from './events.ts'
import { sendReceipt, trackPurchase } from './shop.ts'

const failed = (error: unknown) => console.error('afterwards:', error)

events.on('placed', (order) => sendReceipt(order).catch(failed))
events.on('placed', (order) => trackPurchase(order).catch(failed))
