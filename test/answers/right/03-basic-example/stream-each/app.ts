import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use('/log/*', backgroundTasks({ onFailure: 'continue' }))

async function writeLog(message: string) {
  await pipeline(Readable.from([`${message}\n`]), createWriteStream('log.txt', { flags: 'a' }))
}

app.post('/log/', (c) => {
  c.get('backgroundTasks').addTask(writeLog, c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
