import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'

/** @typedef {() => Promise<unknown>} Task */

/** @param {string} line */
const writeLog = async (line) => {
  await sleep(500)
  await appendFile('log.txt', `${line}\n`)
}

/** @param {Task[]} tasks */
const inOrder = (tasks) => tasks.reduce((before, task) => before.then(task), Promise.resolve())

/** @type {import('hono').MiddlewareHandler} */
const currentUser = async (c, next) => {
  const token = c.req.query('token') ?? 'test123'
  // Guessing should not be cheap.
  await sleep(100)
  if (token !== 'test123') return c.json({ error: 'Invalid token' }, 401)
  c.set('user', { username: 'admin' })
  c.set('tasks', [() => writeLog('admin authenticated')])
  await next()
  setTimeout(() => inOrder(c.get('tasks')).catch(console.error), 0)
}

const app = new Hono()

app.post('/notify/', currentUser, (c) => {
  const { username } = c.get('user')
  c.get('tasks').push(() => writeLog('Notification sent to ' + username))
  return c.json({ status: 'Notification scheduled' })
})

export default app
