import { appendFileSync } from 'node:fs'
import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { notifySubscribers } from './notifier.ts'

type Env = { Bindings: HttpBindings }

class Articles {
  private readonly titles = new Set<string>()
  private count = 0

  publish = async (c: Context<Env>) => {
    const { title } = await c.req.json<{ title: string }>()
    this.titles.add(title)
    const mail = c.req.query('mail')
    c.env.outgoing.once('finish', () => this.afterwards(title, mail))
    return c.json({ title }, 201)
  }

  stats = (c: Context<Env>) => c.json({ articles: this.count })

  private afterwards(title: string, mail: string | undefined): void {
    this.log(`Published ${title}`)
    this.count++
    this.log('Cache refreshed')
    notifySubscribers(title, mail).catch((error) => {
      this.log(`Notify failed: ${error instanceof Error ? error.message : 'unknown'}`)
    })
  }

  private log(line: string) {
    appendFileSync('log.txt', line + '\n')
  }
}

const articles = new Articles()
const app = new Hono<Env>()
app.post('/articles/', articles.publish)
app.get('/stats', articles.stats)

export default app
