import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

await sleep(2000)
await appendFile('log.txt', `Welcome email sent to ${workerData}\n`)
parentPort.postMessage('sent')
