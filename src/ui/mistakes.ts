import type { Mistake, NoteName } from '../check/verdict.ts'

interface Explanation {
  /** The mistake in one sentence. */
  readonly what: string
  /** Why it matters, in one more. */
  readonly why: string
  /** The next thing to try. */
  readonly next: string
}

export const mistakeTexts: Readonly<Record<Mistake, Explanation>> = {
  'does-not-start': {
    what: 'The app could not be started.',
    why: 'A server that does not come up answers nobody.',
    next: 'Mend that, then check again.',
  },
  'route-missing': {
    what: 'The route is not there.',
    why: 'Hono answers 404 where no handler fits both the method and the path; /log and /log/ are two paths.',
    next: 'Compare method and path with the lesson, letter by letter.',
  },
  'crashes-server': {
    what: 'The server went down.',
    why: 'In Node all requests share one process: when it ends, everybody else’s requests and tasks end with it.',
    next: 'Catch the error where the task runs: await the task inside try and catch.',
  },
  'called-not-passed': {
    what: 'What was passed is no function.',
    why: '`addTask(send(mail))` runs send first and hands over what it returned; `addTask(send, mail)` lets it run later.',
    next: 'Pass the function itself, and its arguments after it.',
  },
  'blocks-event-loop': {
    what: 'Something stops the event loop.',
    why: 'Node runs all requests on one thread: while it computes or waits synchronously, nobody is answered, before the reply or after it.',
    next: 'Wait with a timer or a promise instead. Work that needs the processor belongs in a worker thread or a queue.',
  },
  'never-replies': {
    what: 'The request is never answered.',
    why: 'A client that gets no reply waits until it gives up, and cannot know what was done.',
    next: 'Return a response on every path, and await nothing in a handler or a middleware that comes only after the reply.',
  },
  'unauthorised-accepted': {
    what: 'A wrong token is answered as a success.',
    why: 'Clients go by the status: whoever guesses nothing at all is told to come in.',
    next: 'Answer 401 and return, before the handler is reached.',
  },
  'unauthorised-task-ran': {
    what: 'A refused request still started a task.',
    why: 'The client was sent away, and the work was done all the same.',
    next: 'Add the task only after the token has been checked.',
  },
  'critical-work-deferred': {
    what: 'Work that the reply promises runs after the reply.',
    why: 'If the server goes down in between, the client holds a promise that nobody kept.',
    next: 'Await what the status code promises. Put behind the reply only what may be late, or lost.',
  },
  'not-saved': {
    what: 'What was promised is not there.',
    why: 'A 201 says that the thing exists now: the client may ask for it at once.',
    next: 'Save first, then answer, and look it up where it was saved.',
  },
  'waits-for-task': {
    what: 'The reply waits for the task.',
    why: 'The client pays, with its time, for work that it has no use for.',
    next: 'Hand the task over with `addTask`. What a handler or a middleware does itself, and what it awaits, comes before the reply.',
  },
  'runs-too-early': {
    what: 'The task begins before the reply is sent.',
    why: 'On a slow line or in a stream the task would compete with the response it was to come after.',
    next: 'Start the tasks when the response has ended: its `close` or `finish` event says so, for streams too.',
  },
  'discarded-task-ran': {
    what: 'A task ran although its request failed.',
    why: 'The handler threw, so what it planned for afterwards no longer holds.',
    next: 'After `await next()`, look whether the handler threw, and drop the tasks if it did.',
  },
  'failure-spreads': {
    what: 'A task’s failure reaches further than the task.',
    why: 'The client’s request had succeeded; what fails behind the reply must not take that back, nor stop others.',
    next: 'Catch the error inside the task, or where the tasks are run.',
  },
  'error-swallowed': {
    what: 'The failure is heard by nobody.',
    why: 'There is no client left to see it: a background failure that is not written down never happened.',
    next: 'Write the failure where somebody will look, with its reason.',
  },
  'wrong-order': {
    what: 'The tasks do not keep their order.',
    why: 'Each one may rely on the one before.',
    next: 'Await one task before the next begins.',
  },
  'tasks-serialised': {
    what: 'One request’s tasks wait for another’s.',
    why: 'With one queue for all, a single slow task keeps everybody else’s waiting.',
    next: 'Keep one list for each request, and run the lists side by side.',
  },
  'task-too-short': {
    what: 'The task ends too soon.',
    why: 'The lesson is about slow work: without it there is nothing to move behind the reply.',
    next: 'Give the task the delay that the lesson asks for.',
  },
  'log-overwritten': {
    what: 'The log is overwritten.',
    why: 'Each such write replaces all that stands there, even a line that came a moment before.',
    next: 'Append: `appendFile`, or the flag `a`.',
  },
  'log-elsewhere': {
    what: 'The line is in another file.',
    why: 'The log is log.txt in the lesson folder, where the server runs.',
    next: 'Write to `log.txt`, without a folder before it.',
  },
  'log-line-repeated': {
    what: 'The line is there more than once.',
    why: 'Done twice is worse than done late: think of an email.',
    next: 'Look for a task that is both called and handed over, added twice, or run on two events.',
  },
  'log-line-wrong': {
    what: 'The log line is not the one asked for.',
    why: 'Other programs read logs too, and they are exact.',
    next: 'Compare it letter by letter with the lesson, the newline at its end included.',
  },
  'console-line-missing': {
    what: 'The console does not show the line exactly once.',
    why: 'The lesson asks for it there too: it is how one sees a task run.',
    next: 'Print the same line with `console.log`, once.',
  },
  'task-never-ran': {
    what: 'Nothing of the task is in the log.',
    why: 'Whoever relies on it waits in vain.',
    next: 'See that the task is handed over, above the `return`, and that it does its work: `() => send` only names `send`, and calls nothing.',
  },
  'not-your-own': {
    what: 'The middleware is the course’s, not yours.',
    why: 'This lesson is about how it works inside.',
    next: 'Write it in background.ts; a type may be imported, code may not.',
  },
  'wrong-reply': {
    what: 'The reply is not the one asked for.',
    why: 'Clients rely on the status and on the JSON.',
    next: 'Compare both with the lesson.',
  },
}

export const noteTexts: Readonly<Record<NoteName, string>> = {
  'starts-early': 'It works, but it begins before the reply is sent',
  'unhandled-rejection-ahead': 'It works, until a task fails',
}
