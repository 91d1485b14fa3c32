import { appendFileSync } from 'node:fs'

process.on('message', ({ message }) => {
  appendFileSync('log.txt', `${message}\n`)
})
