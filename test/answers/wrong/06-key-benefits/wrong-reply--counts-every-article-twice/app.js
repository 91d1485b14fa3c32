import { appendFile } from 'node:fs/promises'
import { backgroundTasks } from 'bgtasks-learn/background'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.js'

const app = new Hono()
app.use(backgroundTasks())
const cache = { articles: 0 }

const log = (line) => appendFile('log.txt', line + '\n')

app.post('/articles/', async (c) => {
  const { title } = await c.req.json()
  const mail = c.req.query('mail')
  cache.articles++
  c.var.backgroundTasks.addTask(log, `Published ${title}`)
  c.var.backgroundTasks.addTask(() => {
    cache.articles++
    return log('Cache refreshed')
  })
  c.var.backgroundTasks.addTask(async () => {
    await notifySubscribers(title, mail).catch((err) => log(`Notify failed: ${err.message}`))
  })
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(cache))

export default app
