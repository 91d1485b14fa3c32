type Task = () => Promise<void>
type OnError = (error: Error) => Promise<void> | void

export class TaskQueue {
  private tasks: [Task, OnError][] = []
  private active = false

  add(task: Task, onError: OnError = (error) => console.error(error)) {
    this.tasks.push([task, onError])
    if (this.active) return
    this.active = true
    setTimeout(() => this.run(), 0)
  }

  private async run(): Promise<void> {
    const next = this.tasks.shift()
    if (next === undefined) {
      this.active = false
      return
    }
    const [task, onError] = next
    try {
      await task()
    } catch (error) {
      await onError(error as Error)
    }
    return this.run()
  }
}
