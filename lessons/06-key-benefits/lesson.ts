import { defineLesson } from '../../src/check/lesson.ts'
import check from './check.ts'

export default defineLesson({
  id: '06-key-benefits',
  title: 'Key benefits',
  summary: 'Run three tasks in order, and live with the failure of one.',
  hints: [
    'First make the three lines three tasks, in the order they stand. The list runs them one after another, each after the one before has ended.',
    'The second task does two things: it sets `stats` from the articles, then logs. Put both into a function of its own, so that they happen together, after the reply.',
    'When the notifier throws, the client already has its 201. Nobody is left to catch the error but you: which function knows that it may happen, and what to say?',
    'Write a function around `notifySubscribers` with `try` and `catch`, and schedule that one. In `catch`, log `Notify failed: ` with the message of the error. An awaited call inside `try` is caught; one that is not awaited is not.',
    "Nearly there: `addTask(writeLog, …)` for the first line; `addTask(refreshCache)` with a `refreshCache` that sets `stats` and awaits `writeLog('Cache refreshed')`; `addTask(notify, title, c.req.query('mail'))` with a `notify` that awaits `notifySubscribers(title, mail)` inside `try`.",
  ],
  prediction: {
    question:
      'The mail server is down: the notifier of the starter gives up after 0.6 seconds and throws. How long will the client wait?',
    choices: [
      {
        text: 'Hardly at all: the article is published, the rest is not its business',
        fits: (ms) => ms !== undefined && ms < 400,
      },
      {
        text: 'About 0.6 seconds, and then it gets an error instead of its article',
        fits: (ms) => ms !== undefined && ms >= 400 && ms < 5000,
      },
      {
        text: 'It gets no answer: an error that nobody catches ends the server',
        fits: (ms) => ms === undefined || ms >= 5000,
      },
    ],
    async probe({ server, nonce }) {
      await server.post('/articles/?mail=down', { as: 'starter', json: { title: nonce } })
    },
    because:
      'The handler awaits the notifier, so its failure is the failure of the handler, and Hono answers 500. The article was published all the same; a client that tries again publishes it twice. That is what a task is for: its troubles are not those of the reply.',
  },
  check,
})
