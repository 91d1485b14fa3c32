import { readFile, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function format(log: string, message: string) {
  await sleep(300) // stands for a formatter that takes its time
  return `${log}${message}\n`
}

async function writeLog(message: string) {
  const before = await readFile('log.txt', 'utf8').catch(() => '')
  const after = await format(before, message)
  await writeFile('log.txt', after)
}

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  c.var.backgroundTasks.addTask(writeLog, msg)
  return c.json({ status: 'Message logged in background' })
})

export default app
