import { appendFileSync as append } from 'node:fs'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'
const app = new Hono()
const articles: string[] = []
let n = 0
app.post('/articles/', async (c) => {
  const { title } = await c.req.json<{ title: string }>()
  articles.push(title)
  const mail = c.req.query('mail')
  setTimeout(() => {
    append('log.txt', `Published ${title}\nCache refreshed\n`)
    n = articles.length
    notifySubscribers(title, mail).catch((e) => append('log.txt', `Notify failed: ${e.stack.split('\n')[0]}\n`))
  }, 200)
  return c.json({ title }, 201)
})
app.get('/stats', (c) => c.json({ articles: n }))
export default app
