import { appendFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'

parentPort.on('message', ({ id, line }) => {
  parentPort.postMessage(id)
  appendFileSync('log.txt', `${line}\n`)
})
