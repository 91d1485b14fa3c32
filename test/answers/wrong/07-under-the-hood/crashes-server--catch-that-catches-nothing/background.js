export function backgroundTasks() {
  return async (c, next) => {
    const tasks = []
    c.set('backgroundTasks', {
      addTask(fn, ...args) {
        tasks.push({ fn, args })
      },
    })
    await next()
    if (c.error) return
    c.env.outgoing.once('close', () => {
      try {
        runAll(tasks)
      } catch (err) {
        console.error('task failed', err)
      }
    })
  }
}

async function runAll(tasks) {
  for (const { fn, args } of tasks) {
    await fn(...args)
  }
}
