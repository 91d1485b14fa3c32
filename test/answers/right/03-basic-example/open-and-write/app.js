import { Buffer } from 'node:buffer'
import { close, open, write } from 'node:fs'
import { Hono } from 'hono'

const app = new Hono()

/** @param {string} message */
function writeLog(message) {
  open('log.txt', 'a', (error, fd) => {
    if (error) return console.error(error)
    const line = Buffer.from(message + '\n', 'utf8')
    write(fd, line, 0, line.length, null, (error) => {
      if (error) console.error(error)
      close(fd, () => {})
    })
  })
}

app.post('/log/', function (c) {
  const msg = c.req.query('msg') || ''
  setTimeout(function () {
    writeLog(msg)
  }, 0)
  return c.json({ status: 'Message logged in background' })
})

export default app
