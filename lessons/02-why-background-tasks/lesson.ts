import { defineLesson } from '../../src/check/lesson.ts'
import check from './check.ts'

export default defineLesson({
  id: '02-why-background-tasks',
  title: 'Why background tasks?',
  summary: 'Decide what a client must wait for, and what can come after.',
  hints: [
    'A reply is a promise. Status 201 says "created". Which of the three must be true at the moment the client reads that?',
    'Imagine that the server loses power right after the reply. What would the client be angry to find missing, and what would nobody notice before tomorrow?',
    'A client may use the order at once: `GET /orders/:id` finds only what has been saved. The receipt and the tracking are read by nobody in the next second.',
    'One of the three keeps its `await`. The other two become `c.var.backgroundTasks.addTask(theFunction, order)`, above the `return`.',
  ],
  prediction: {
    question:
      'Saving takes 0.2 seconds, the receipt 0.4, the tracking 0.3. How long will a client wait for its order with the starter as it stands?',
    choices: [
      {
        text: 'About 0.2 seconds: the reply needs only the save',
        fits: (ms) => ms !== undefined && ms < 300,
      },
      {
        text: 'About 0.4 seconds: the three run side by side, the slowest decides',
        fits: (ms) => ms !== undefined && ms >= 300 && ms < 650,
      },
      {
        text: 'About 0.9 seconds: the three run one after another',
        fits: (ms) => ms === undefined || ms >= 650,
      },
    ],
    async probe({ server, nonce }) {
      await server.post('/orders/', { as: 'starter', json: { item: nonce } })
    },
    because:
      'Three `await`s in a row add up: each starts when the one before has ended. `Promise.all` would bring it down to the slowest of them, but the client would still wait for two things that it never asked for.',
  },
  check,
})
