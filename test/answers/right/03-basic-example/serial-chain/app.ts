import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import settings from './settings.json' with { type: 'json' }

const here = path.dirname(fileURLToPath(import.meta.url))
const target = path.resolve(here, settings.file)

let chain: Promise<unknown> = Promise.resolve()
function enqueue(work: () => Promise<unknown>) {
  chain = chain.then(work).catch((error) => console.error(error))
}

const app = new Hono()

app.post('/log/', (c) => {
  const msg = c.req.query('msg') ?? ''
  setTimeout(enqueue, 1, () => appendFile(target, `${msg}\n`, { encoding: 'utf-8' }))
  return c.json({ status: 'Message logged in background' })
})

export default app
