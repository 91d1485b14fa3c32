import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

export async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}
