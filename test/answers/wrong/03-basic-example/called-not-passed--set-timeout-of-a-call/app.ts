import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

const app = new Hono()

async function writeLog(message: string) {
  await appendFile('log.txt', `${message}\n`)
}

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  setTimeout(writeLog(msg), 0)
  return c.json({ status: 'Message logged in background' })
})

export default app
