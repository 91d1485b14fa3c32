import { randomUUID } from 'node:crypto'
import { mkdirSync, watch } from 'node:fs'
import { appendFile, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { Hono } from 'hono'

// A queue that survives a restart: one file a job.
mkdirSync('queue', { recursive: true })

let working: Promise<void> | undefined
let again = false
function wake() {
  again = true
  working ??= work().finally(() => (working = undefined))
}
async function work() {
  while (again) {
    again = false
    for (const name of (await readdir('queue')).filter((name) => name.endsWith('.job')).sort()) {
      await appendFile('log.txt', (await readFile(`queue/${name}`, 'utf8')) + '\n')
      await unlink(`queue/${name}`)
    }
  }
}
watch('queue', wake)

let count = 0
const app = new Hono()

app.post('/log/', async (c) => {
  const msg = c.req.query('msg') ?? ''
  const id = `${String(count++).padStart(6, '0')}-${randomUUID()}`
  await writeFile(`queue/${id}.tmp`, msg)
  await rename(`queue/${id}.tmp`, `queue/${id}.job`)
  return c.json({ status: 'Message logged in background' })
})

export default app
