type Job = string

/** One email after another, whoever asked for it. */
export class MailQueue {
  private readonly jobs: Job[] = []
  private running = false

  constructor(private readonly send: (email: string) => Promise<void>) {}

  push(job: Job): void {
    this.jobs.push(job)
    if (!this.running) {
      this.running = true
      setImmediate(() => void this.drain())
    }
  }

  private async drain(): Promise<void> {
    let job: Job | undefined
    while ((job = this.jobs.shift()) !== undefined) {
      try {
        await this.send(job)
      } catch (error) {
        console.error(`could not send to ${job}`, error)
      }
    }
    this.running = false
  }
}
