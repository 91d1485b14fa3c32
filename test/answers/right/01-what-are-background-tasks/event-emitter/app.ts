import { EventEmitter } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

enum DomainEvent {
  SignedUp = 'signed-up',
}

const bus = new EventEmitter({ captureRejections: true })
bus.on('error', (error) => console.error('a listener failed', error))

bus.on(DomainEvent.SignedUp, async (email: string) => {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
})

const app = new Hono()

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  setTimeout(() => bus.emit(DomainEvent.SignedUp, email), 0)
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
