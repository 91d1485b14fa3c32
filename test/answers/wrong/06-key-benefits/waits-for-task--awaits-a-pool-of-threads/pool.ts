import { Worker } from 'node:worker_threads'

const code = `
const { appendFileSync } = require('node:fs')
const { parentPort } = require('node:worker_threads')
parentPort.on('message', ({ id, line }) => {
  appendFileSync('log.txt', line + '\\n')
  parentPort.postMessage(id)
})`

const waiting = new Map<number, () => void>()
const workers = Array.from({ length: 2 }, () => {
  const worker = new Worker(code, { eval: true })
  worker.on('message', (id: number) => {
    waiting.get(id)?.()
    waiting.delete(id)
  })
  return worker
})
let lastId = 0

/** Resolves when one of the threads has written the line. */
export function writeLog(line: string): Promise<void> {
  const id = ++lastId
  workers[id % workers.length]!.postMessage({ id, line })
  return new Promise((resolve) => waiting.set(id, resolve))
}
