import fs from 'node:fs'
import { Hono } from 'hono'

const fd = fs.openSync(Buffer.from('log.txt'), fs.constants.O_APPEND | fs.constants.O_WRONLY | fs.constants.O_CREAT)
const out = fs.createWriteStream('', { fd })

class Api extends Hono {
  constructor() {
    super()
    this.post('/log/', (c) => {
      const msg = c.req.query('msg') ?? ''
      setTimeout(() => { out.cork(); out.write(msg); out.write('\n'); out.uncork() }, 5)
      return c.text(JSON.stringify({ status: 'Message logged in background' }, null, 2))
    })
  }
}

export { api as default }
const api = new Api()
