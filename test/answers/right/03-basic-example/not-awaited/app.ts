import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

async function writeLog(message: string) {
  try {
    await appendFile('log.txt', `${message}\n`)
  } catch (error) {
    console.error('not logged:', error)
  }
}

const app = new Hono()

app.post('/log/', (c) => {
  void writeLog(c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
