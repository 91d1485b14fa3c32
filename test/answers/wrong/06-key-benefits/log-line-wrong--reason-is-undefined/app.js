import { appendFile } from 'node:fs/promises'
import { backgroundTasks } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

const app = new Hono()
app.use(backgroundTasks())
const articles = []
let stats = { articles: 0 }

const write_log = (line) => appendFile('log.txt', line + '\n')

async function after_publish(title, mail) {
  await write_log('Published ' + title)
  stats = { articles: articles.length }
  await write_log('Cache refreshed')
  try {
    await notifySubscribers(title, mail)
  } catch (error) {
    await write_log('Notify failed: ' + error.msg)
  }
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json()
  articles.push(title)
  c.var.backgroundTasks.addTask(after_publish, title, c.req.query('mail'))
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
