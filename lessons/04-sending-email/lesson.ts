import { defineLesson } from '../../src/check/lesson.ts'
import check from './check.ts'

export default defineLesson({
  id: '04-sending-email',
  title: 'Sending email',
  summary: 'Write a task that takes five seconds and stops nobody.',
  hints: [
    'The handler does the work of an email itself. Move that work into a function of its own first, then think about when it is called.',
    'To wait is not to work. `await sleep(5000)` puts the function aside and leaves the event loop to others; a loop that looks at the clock, or anything called `…Sync`, lets nobody else run.',
    'One line goes to two places: `console.log` for the console, `appendFile` from `node:fs/promises` for log.txt. The file needs a `\\n` at the end, the console does not.',
    'Take the subject from the parameter, not from a fixed text: the function says `${subject}`, and the handler passes `Welcome!`.',
    "Nearly there: `async function sendEmail(email: string, subject: string, body: string)` awaits the sleep, builds the line, prints it and awaits the append. The handler has one line for it: `addTask(sendEmail, email, 'Welcome!', …)`.",
  ],
  prediction: {
    question:
      'Three clients post to the starter at the same moment; its handler awaits a timer of five seconds. How long will the third client wait?',
    choices: [
      {
        text: 'Hardly at all',
        fits: (ms) => ms !== undefined && ms < 2500,
      },
      {
        text: 'About five seconds: all three wait at the same time',
        fits: (ms) => ms !== undefined && ms >= 2500 && ms < 9000,
      },
      {
        text: 'About fifteen seconds: Node has one thread, so they queue',
        fits: (ms) => ms === undefined || ms >= 9000,
      },
    ],
    async probe({ server, nonce }) {
      await Promise.all([
        server.post(`/send-mail/?email=${nonce}-1@example.com`, { as: 'first' }),
        server.post(`/send-mail/?email=${nonce}-2@example.com`, { as: 'second' }),
        server.post(`/send-mail/?email=${nonce}-3@example.com`, { as: 'starter' }),
      ])
    },
    because:
      'Node has one thread for your code, but an awaited timer does not occupy it: three timers run down side by side. Had the handler computed for five seconds, the third client would have waited for fifteen.',
  },
  check,
})
