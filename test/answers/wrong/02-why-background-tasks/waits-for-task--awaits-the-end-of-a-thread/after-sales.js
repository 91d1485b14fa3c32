import { appendFileSync } from 'node:fs'
import { workerData } from 'node:worker_threads'

for (const what of ['Receipt sent', 'Purchase tracked']) {
  appendFileSync('log.txt', `${what} for order ${workerData.id}\n`)
}
