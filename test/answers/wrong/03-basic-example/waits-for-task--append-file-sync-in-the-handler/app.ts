import { appendFileSync } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

function writeLog(message: string) {
  appendFileSync('log.txt', `${message}\n`)
}

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  writeLog(msg)
  return c.json({ status: 'Message logged in background' })
})

export default app
