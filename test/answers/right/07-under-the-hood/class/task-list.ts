enum State {
  Collecting,
  Running,
  Discarded,
}

export class TaskList {
  private state = State.Collecting
  private readonly tasks: Array<() => unknown> = []

  constructor(private readonly report: (error: unknown) => void) {}

  addTask<Args extends unknown[]>(fn: (...args: Args) => unknown, ...args: Args): void {
    this.tasks.push(() => fn(...args))
  }

  discard(): void {
    this.state = State.Discarded
  }

  start(): void {
    if (this.state !== State.Collecting) return
    this.state = State.Running
    void this.run()
  }

  private async run(): Promise<void> {
    for (const task of this.tasks) {
      try {
        await task()
      } catch (error) {
        this.report(error)
      }
    }
  }
}
