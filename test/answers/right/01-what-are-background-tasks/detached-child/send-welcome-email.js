import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const email = process.argv[2] ?? ''
await sleep(2000)
await appendFile('log.txt', `Welcome email sent to ${email}\n`)
