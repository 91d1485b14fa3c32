import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'

const app = new Hono<{ Variables: { user: { username: string } } }>()

// A list of tasks of my own: they run one after another, once the reply is out.
let last = Promise.resolve()
function later(line: string) {
  setImmediate(() => {
    last = last.then(() => appendFile('log.txt', `${line}\n`)).catch(console.error)
  })
}

function authenticate(token = 'test123') {
  later('admin authenticated')
  if (token !== 'test123') {
    const res = Response.json({ error: 'Invalid token' }, { status: 401 })
    throw new HTTPException(401, { res })
  }
  return { username: 'admin' }
}

app.post('/notify/', (c) => {
  const user = authenticate(c.req.query('token'))
  later(`Notification sent to ${user.username}`)
  return c.json({ status: 'Notification scheduled' })
})

export default app
