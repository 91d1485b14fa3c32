import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()
let timer: NodeJS.Timeout | undefined

function later(message: string) {
  clearTimeout(timer)
  timer = setTimeout(() => {
    appendFile('log.txt', `${message}\n`).catch(console.error)
  }, 200)
}

app.post('/log/', (c) => {
  later(c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
