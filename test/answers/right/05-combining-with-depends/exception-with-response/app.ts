import { open } from 'node:fs/promises'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { validator } from 'hono/validator'

const log = await open('log.txt', 'a')

// One queue for the whole server.
let queue = Promise.resolve()
const enqueue = (line: string) => {
  queue = queue.then(() => log.appendFile(`${line}\n`)).catch(console.error)
}

const app = new Hono()

app.post(
  '/notify/',
  validator('query', (query) => {
    const token = query['token'] ?? 'test123'
    if (token !== 'test123') {
      throw new HTTPException(401, { res: Response.json({ error: 'Invalid token' }, { status: 401 }) })
    }
    return { username: 'admin' }
  }),
  (c) => {
    const { username } = c.req.valid('query')
    setImmediate(() => {
      enqueue(`${username} authenticated`)
      enqueue(`Notification sent to ${username}`)
    })
    return c.json({ status: 'Notification scheduled' })
  },
)

export default app
