import { appendFile } from 'fs/promises'
import { setTimeout as sleep } from 'timers/promises'

export async function sendWelcomeEmail(email: string): Promise<void> {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}
