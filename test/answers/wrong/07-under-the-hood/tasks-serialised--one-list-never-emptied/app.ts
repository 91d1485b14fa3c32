// Ready-made: yours is background.ts.
import { appendFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { stream } from 'hono/streaming'
import { backgroundTasks, type BackgroundTasksEnv } from './background.ts'

const app = new Hono<BackgroundTasksEnv>()
app.use(backgroundTasks())

async function writeLog(line: string) {
  await appendFile('log.txt', `${line}\n`)
}

function writeLogSync(line: string) {
  appendFileSync('log.txt', `${line}\n`)
}

async function failingTask() {
  throw new Error('this task always fails')
}

app.post('/one/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, `task ${c.req.query('id')}`)
  return c.json({ status: 'One task added' })
})

app.post('/many/', (c) => {
  const id = c.req.query('id')
  c.var.backgroundTasks.addTask(writeLog, `first ${id}`)
  c.var.backgroundTasks.addTask(writeLogSync, `second ${id}`)
  c.var.backgroundTasks.addTask(writeLog, `third ${id}`)
  return c.json({ status: 'Three tasks added' })
})

app.post('/stream/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, `streamed ${c.req.query('id')}`)
  return stream(c, async (body) => {
    for (const chunk of ['ready\n', 'steady\n', 'go\n']) {
      await body.sleep(200)
      await body.write(chunk)
    }
  })
})

app.post('/fail/', (c) => {
  c.var.backgroundTasks.addTask(failingTask)
  c.var.backgroundTasks.addTask(writeLog, `after ${c.req.query('id')}`)
  return c.json({ status: 'A failing task added' })
})

app.post('/thrown/', (c) => {
  c.var.backgroundTasks.addTask(writeLog, `thrown ${c.req.query('id')}`)
  throw new HTTPException(409, { message: 'No, after all' })
})

export default app
