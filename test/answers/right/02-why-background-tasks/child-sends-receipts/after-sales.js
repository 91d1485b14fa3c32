import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

process.on('message', async (order) => {
  await sleep(300)
  await appendFile('log.txt', `Purchase tracked for order ${order.id}\n`)
  await sleep(100)
  await appendFile('log.txt', `Receipt sent for order ${order.id}\n`)
})
process.on('disconnect', () => process.exit())
