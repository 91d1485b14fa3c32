import { EventEmitter } from 'node:events'
import { open } from 'node:fs/promises'

const mails = new EventEmitter()
const log = await open('log.txt', 'a')

mails.on('send', (email: string, subject: string, body: string) => {
  let ticks = 0
  const timer = setInterval(() => {
    if (++ticks < 20) return
    clearInterval(timer)
    const line = `Sent email to ${email}: ${subject}`
    console.warn(line)
    log.write(`${line}\n`).catch(console.error)
  }, 250)
})

export default {
  fetch(request: Request): Response {
    const { pathname, searchParams } = new URL(request.url)
    if (request.method === 'POST' && pathname === '/send-mail/') {
      const email = searchParams.get('email') ?? ''
      setImmediate(() => mails.emit('send', email, 'Welcome!', 'Welcome to the club'))
      return Response.json({ status: `Email to ${email} is being sent in background` })
    }
    return new Response('Not found', { status: 404 })
  },
}
