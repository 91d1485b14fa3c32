import { appendFileSync } from 'node:fs'

const [email] = process.argv.slice(2)
setTimeout(() => appendFileSync('log.txt', `Welcome email sent to ${email}\n`), 2000)
