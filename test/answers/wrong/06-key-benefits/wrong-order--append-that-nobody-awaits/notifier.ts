// Ready-made: nothing to change here.
import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Tells the subscribers. Throws, after a while, when the mail server is 'down'. */
export async function notifySubscribers(title: string, mail?: string): Promise<void> {
  await sleep(600)
  if (mail === 'down') throw new Error('the mail server does not answer')
  await appendFile('log.txt', `Subscribers notified of ${title}\n`)
}
