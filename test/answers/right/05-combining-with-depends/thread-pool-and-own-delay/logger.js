import { appendFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'

parentPort.on('message', (line) => {
  appendFileSync('log.txt', `${line}\n`)
  parentPort.postMessage('written')
})
