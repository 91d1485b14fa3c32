import fs from 'node:fs'
import { Hono } from 'hono'
import { notifySubscribers } from './notifier.js'

const app = new Hono()

/** @type {string[]} */
const articles = []
let stats = { articles: 0 }

/** @param {string} line */
const writeLog = (line) =>
  new Promise((resolve, reject) => {
    fs.appendFile('log.txt', line + '\n', (error) => (error ? reject(error) : resolve(undefined)))
  })

/**
 * @param {string} title
 * @param {string | undefined} mail
 */
function* steps(title, mail) {
  yield () => writeLog(`Published ${title}`)
  yield () => {
    stats = { articles: articles.length }
    return writeLog('Cache refreshed')
  }
  yield () => notifySubscribers(title, mail).catch((error) => writeLog(`Notify failed: ${error.message}`))
}

app.post('/articles/', async (c) => {
  const { title } = await c.req.json()
  articles.push(title)
  const todo = steps(title, c.req.query('mail'))
  setImmediate(async () => {
    for (const step of todo) await step()
  })
  return c.json({ title }, 201)
})

app.get('/stats', (c) => c.json(stats))

export default app
