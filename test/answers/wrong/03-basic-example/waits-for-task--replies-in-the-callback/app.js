import { appendFile } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

app.post('/log/', (c) => {
  return new Promise((resolve, reject) => {
    appendFile('log.txt', (c.req.query('msg') || '') + '\n', (err) => {
      if (err) return reject(err)
      resolve(c.json({ status: 'Message logged in background' }))
    })
  })
})

export default app
