import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function withLine(log: string, message: string) {
  await sleep(300) // stands for a formatter that takes its time
  return `${log}${message}\n`
}

async function writeLog(message: string) {
  const before = readFileSync('log.txt', 'utf8')
  const after = await withLine(before, message)
  writeFileSync('log.txt', after)
}

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  c.var.backgroundTasks.addTask(writeLog, msg)
  return c.json({ status: 'Message logged in background' })
})

export default app
