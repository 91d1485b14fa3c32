import { appendFile } from 'node:fs/promises'
import { backgroundTasks } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono()
app.use(backgroundTasks())

async function writeLog(message) {
  await appendFile('log.txt', message + '\n')
}

app.post('/log/', (c) => {
  const [, msg = ''] = c.req.url.split('?msg=')
  c.var.backgroundTasks.addTask(writeLog, msg)
  return c.json({ status: 'Message logged in background' })
})

export default app
