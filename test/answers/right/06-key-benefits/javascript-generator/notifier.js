import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** @param {string} title @param {string} [mail] */
export async function notifySubscribers(title, mail) {
  await sleep(600)
  if (mail === 'down') throw new Error('the mail server does not answer')
  await appendFile('log.txt', `Subscribers notified of ${title}\n`)
}
