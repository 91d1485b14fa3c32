import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

// Collected, and written ten times a second in one go.
let lines: string[] = []
let flushing = false

const timer = setInterval(async () => {
  if (flushing || lines.length === 0) return
  flushing = true
  const batch = lines
  lines = []
  try {
    await appendFile('log.txt', batch.map((line) => `${line}\n`).join(''))
  } catch {
    lines = [...batch, ...lines]
  } finally {
    flushing = false
  }
}, 100)
timer.unref()

const app = new Hono()

app.post('/log/', (c) => {
  lines.push(c.req.query('msg') ?? '')
  return c.json({ status: 'Message logged in background' })
})

export default app
