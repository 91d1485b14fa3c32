import { appendFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'

parentPort?.on('message', (message) => {
  appendFileSync('log.txt', `${message}\n`)
})
