import { appendFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'

export interface MailerOptions {
  seconds: number
}

export class Mailer {
  readonly #underway = new Set<Promise<void>>()

  constructor(private readonly options: MailerOptions) {}

  deliverLater(...mail: Parameters<Mailer['sendEmail']>) {
    setImmediate(() => {
      const sending = this.sendEmail(...mail)
        .catch((error) => console.error('mail lost', error))
        .finally(() => this.#underway.delete(sending))
      this.#underway.add(sending)
    })
  }

  async sendEmail(email: string, subject: string, body: string): Promise<void> {
    await setTimeout(this.options.seconds * 1000)
    const line = `Sent email to ${email}: ${subject}`
    await Promise.all([this.say(line), appendFile('log.txt', `${line}\n`)])
  }

  private async say(line: string) {
    console.log(line)
  }
}
