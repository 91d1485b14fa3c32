import { setTimeout as sleep } from 'node:timers/promises'

type Task = { fn: (...args: any[]) => Promise<void>; args: unknown[] }

const queue: Task[] = []

export function addTask<A extends unknown[]>(fn: (...args: A) => Promise<void>, ...args: A) {
  queue.push({ fn, args })
}

// Runs as long as the server does.
async function work(): Promise<never> {
  while (true) {
    const task = queue.shift()
    if (!task) {
      await sleep(50)
      continue
    }
    await task.fn(...task.args).catch((error) => console.error(error))
  }
}

void work()
