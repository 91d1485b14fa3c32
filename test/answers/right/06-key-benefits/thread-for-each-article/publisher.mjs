import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

const { title, mail } = workerData
const writeLog = (line) => appendFile('log.txt', `${line}\n`)

await writeLog(`Published ${title}`)
parentPort.postMessage('refresh')
await writeLog('Cache refreshed')
await sleep(600)
await writeLog(
  mail === 'down'
    ? 'Notify failed: the mail server does not answer'
    : `Subscribers notified of ${title}`,
)
