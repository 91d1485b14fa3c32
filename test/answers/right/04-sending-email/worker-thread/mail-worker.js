import { appendFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

const { email, subject } = workerData

// In a thread of its own, blocking hurts nobody.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5000)

const line = `Sent email to ${email}: ${subject}`
appendFileSync('log.txt', `${line}\n`)
parentPort.postMessage(line)
