import { openSync, writev } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'

namespace Log {
  const fd = openSync(join(process.cwd(), 'log.txt'), 'a')
  const newline = Buffer.from('\n')

  export function line(text: string) {
    writev(fd, [Buffer.from(text), newline], (error) => {
      if (error) console.error(error.message)
    })
  }
}

const app = new Hono()

app.post('/log/', async (c) => {
  const msg = c.req.query('msg') ?? ''
  setImmediate(Log.line, msg)
  return c.json({ status: 'Message logged in background' })
})

export default app
