import { appendFile } from 'node:fs/promises'
import { Hono } from 'hono'

class Channel<T> {
  #items: T[] = []
  #wake: (() => void) | undefined

  put(item: T) {
    this.#items.push(item)
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.#items.length > 0) yield this.#items.shift()!
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

const messages = new Channel<string>()

async function consume() {
  for await (const message of messages) await appendFile('log.txt', `${message}\n`)
}
consume().catch((error) => {
  console.error(error)
  process.exit(1)
})

const app = new Hono()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  setImmediate(() => messages.put(msg))
  return c.json({ status: 'Message logged in background' })
})

export default app
