import { appendFileSync } from 'node:fs'

process.on('message', (line) => appendFileSync('log.txt', line + '\n'))
process.on('disconnect', () => process.exit(0))
