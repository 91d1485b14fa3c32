import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'

const app = new Hono()
const file = join('var', 'log', 'log.txt')

app.post('/log/', (c) => {
  void appendFile(file, `${c.req.query('msg') ?? ''}\n`)
  return c.json({ status: 'Message logged in background' })
})

export default app
