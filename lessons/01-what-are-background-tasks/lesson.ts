import { defineLesson } from '../../src/check/lesson.ts'
import check from './check.ts'

export default defineLesson({
  id: '01-what-are-background-tasks',
  title: 'What are background tasks?',
  summary: 'Send the reply first and the welcome email after it.',
  hints: [
    'Read the handler from top to bottom as the client sees it. Which line does it sit and wait for, and does the reply need anything from that line?',
    'The app already uses `backgroundTasks()`, so every request has a list for later: `c.var.backgroundTasks`. Its one method is `addTask`.',
    '`addTask` wants two things: the function itself, and the arguments to call it with later. `sendWelcomeEmail(email)` with its parentheses calls the function now; without them it is only named.',
    'The line with `await` becomes one line of the form `c.var.backgroundTasks.addTask(theFunction, itsArgument)`. Nothing is awaited any more, so the handler need not be `async`.',
  ],
  prediction: {
    question: 'Somebody signs up with the starter as it stands. How long will the client wait?',
    choices: [
      {
        text: 'Hardly at all: an email is sent on the side',
        fits: (ms) => ms !== undefined && ms < 1000,
      },
      {
        text: 'About two seconds: as long as the email takes',
        fits: (ms) => ms !== undefined && ms >= 1000 && ms < 6000,
      },
      {
        text: 'For ever, or nearly: the reply gets lost behind the email',
        fits: (ms) => ms === undefined || ms >= 6000,
      },
    ],
    async probe({ server, nonce }) {
      await server.post(`/signup/?email=${nonce}@example.com`, { as: 'starter' })
    },
    because:
      'The handler awaits `sendWelcomeEmail`, and there is no reply before the handler returns. `await` keeps the server free for other clients, but not this one: it waits for every line above the `return`.',
  },
  check,
})
