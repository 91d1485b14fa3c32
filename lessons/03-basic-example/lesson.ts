import { defineLesson } from '../../src/check/lesson.ts'
import check from './check.ts'

export default defineLesson({
  id: '03-basic-example',
  title: 'Basic example',
  summary: 'Write a task that appends to a log, and schedule it.',
  hints: [
    'There are two things to do: make `writeLog` write to a file, and take the waiting out of the handler. Do one, check, then do the other.',
    "`node:fs/promises` can write to the end of a file without touching what stands there. Look for a function whose name begins with `append`. The path is simply `'log.txt'`.",
    'Nothing adds the newline for you: without it, all the messages end up on one line. A template literal can hold both the message and `\\n`.',
    'In the handler, hand `writeLog` and `msg` to `c.var.backgroundTasks.addTask`, as two arguments. If you write `writeLog(msg)` there, it runs at once and `addTask` gets only its promise.',
    "Nearly there: `import { appendFile } from 'node:fs/promises'`; in `writeLog`, await `appendFile` with the path and the line; in the handler, `addTask(writeLog, …)` where `await writeLog(…)` stood.",
  ],
  prediction: {
    question:
      'The starter replies "Message logged in background", although its `writeLog` never touches log.txt. How long will the client wait?',
    choices: [
      {
        text: 'Hardly at all',
        fits: (ms) => ms !== undefined && ms < 500,
      },
      {
        text: 'A second or more: the handler awaits a task',
        fits: (ms) => ms !== undefined && ms >= 500,
      },
      {
        text: 'For ever: no message was logged, so no reply can say so',
        fits: (ms) => ms === undefined,
      },
    ],
    async probe({ server, nonce }) {
      await server.post(`/log/?msg=${nonce}`, { as: 'starter' })
    },
    because:
      'A reply says whatever the handler puts in it; nothing compares it with what was done. A fast reply and a friendly status prove nothing about a background task, and so the check reads log.txt itself.',
  },
  check,
})
