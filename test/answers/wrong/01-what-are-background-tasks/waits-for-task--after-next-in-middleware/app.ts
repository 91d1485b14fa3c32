import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono, type MiddlewareHandler } from 'hono'

type Env = { Variables: { after: Array<() => Promise<void>> } }

const afterResponse: MiddlewareHandler<Env> = async (c, next) => {
  c.set('after', [])
  await next()
  // the handler is done, so the response is out
  for (const job of c.get('after')) await job()
}

const app = new Hono<Env>()
app.use('*', afterResponse)

async function sendWelcomeEmail(email: string) {
  await sleep(2000)
  await appendFile('log.txt', `Welcome email sent to ${email}\n`)
}

app.post('/signup/', (c) => {
  const email = c.req.query('email') ?? ''
  c.get('after').push(() => sendWelcomeEmail(email))
  return c.json({ status: 'Welcome aboard' }, 201)
})

export default app
