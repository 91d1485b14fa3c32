import { defineLesson } from '../../src/check/lesson.ts'
import check from './check.ts'

export default defineLesson({
  id: '05-combining-with-depends',
  title: 'Combining with Depends',
  summary: 'Write a dependency as middleware, with a task of its own.',
  hints: [
    'Begin with the door: `currentUser` must look at the token before it does anything else. Tasks come after that.',
    "`c.req.query('token')` is `undefined` when there is no token at all, and `??` gives it a default.",
    'A middleware that returns a response ends the request there: the handler never runs. Return the 401 before you add a task, or the task will run for a stranger.',
    'Both tasks go on the same list, `c.var.backgroundTasks`, and it keeps the order in which they were added. Everything above `await next()` happens before the handler.',
    "Nearly there: compare the token and `return c.json({ error: 'Invalid token' }, 401)` if it differs; `c.set('user', …)` with the name admin; `addTask(writeLog, 'admin authenticated')`; `await next()`. In the handler, `addTask(writeLog, …)` instead of `await writeLog(…)`.",
  ],
  prediction: {
    question:
      'A stranger posts to the starter with `token=wrong`. How long will this client wait for its answer? (`writeLog` takes half a second.)',
    choices: [
      {
        text: 'Hardly at all: a wrong token is turned away before anything is logged',
        fits: (ms) => ms !== undefined && ms < 350,
      },
      {
        text: 'About half a second: it is let in, and waits for the log like anybody else',
        fits: (ms) => ms !== undefined && ms >= 350 && ms < 5000,
      },
      {
        text: 'It gets no answer',
        fits: (ms) => ms === undefined || ms >= 5000,
      },
    ],
    async probe({ server }) {
      await server.post('/notify/?token=wrong', { as: 'starter' })
    },
    because:
      'The middleware of the starter never looks at the token: it names a user and calls `next()`. The handler runs, its log line is awaited, and a stranger gets 200. The half second is how long the open door takes.',
  },
  check,
})
