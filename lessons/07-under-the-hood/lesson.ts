import { defineLesson } from '../../src/check/lesson.ts'
import check from './check.ts'

export default defineLesson({
  id: '07-under-the-hood',
  title: 'Under the hood',
  summary: 'Build the middleware that the other lessons used.',
  hints: [
    'It takes three parts: a list to keep tasks in, a moment to start them, and a loop that runs them. Begin with the list: `addTask` should only put something on it.',
    'A function with its arguments can be kept as a function without any: `() => fn(...args)`. Nothing runs until somebody calls it.',
    "`await next()` returning is not the moment: the response has not been sent then, and a streamed one may not even have begun. `c.env.outgoing` is Node's own response; it emits `close` when it is done, or when the client has gone.",
    'Listen for `close` before `next()`, or you may miss it. But do not await it in the middleware: the response cannot close before the middleware has returned. Start something that goes on by itself.',
    'To run them, `await` each task in a `for…of` loop: that is right for sync and async functions alike. Put `try` and `catch` around the loop: an error that leaves it ends the process. Report it with `console.error`.',
    "Nearly there: before `next()`, `const closed = new Promise<void>((resolve) => c.env.outgoing.once('close', resolve))`; after it, if there is no `c.error`, `void closed.then(() => run(tasks))`, where `run` is your async function with the loop.",
  ],
  prediction: {
    question:
      '`/stream/` sends three words, each after a pause of 0.2 seconds. Its handler returns at once. How long until the client has the last byte?',
    choices: [
      {
        text: 'Hardly at all: the reply is sent when the handler returns',
        fits: (ms) => ms !== undefined && ms < 400,
      },
      {
        text: 'About 0.6 seconds: the reply lasts as long as its stream',
        fits: (ms) => ms !== undefined && ms >= 400 && ms < 5000,
      },
      {
        text: 'For ever: the background task of the starter gets in its way',
        fits: (ms) => ms === undefined || ms >= 5000,
      },
    ],
    async probe({ server, nonce }) {
      await server.post(`/stream/?id=${nonce}`, { as: 'starter' })
    },
    because:
      'A handler returns a response, not a reply that has been sent. The body was still on its way 0.6 seconds later, so "after the handler" is far too early for a task. The response itself says when it is over.',
  },
  check,
})
