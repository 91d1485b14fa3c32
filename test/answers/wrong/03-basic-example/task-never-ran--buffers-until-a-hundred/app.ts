import { appendFile } from 'node:fs/promises'
import { backgroundTasks, type BackgroundTasksEnv } from 'bgtasks-learn/background'
import { Hono } from 'hono'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

class BufferedLog {
  private lines: string[] = []

  async write(message: string) {
    this.lines.push(`${message}\n`)
    if (this.lines.length >= 100) await appendFile('log.txt', this.lines.splice(0).join(''))
  }
}

const log = new BufferedLog()

app.post('/log/', (c) => {
  c.var.backgroundTasks.addTask((msg: string) => log.write(msg), c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
