/** What to try next about an error's message; `undefined` where the message says enough. */
export function adviceOn(message: string): string | undefined {
  for (const [pattern, advice] of known) {
    const found = pattern.exec(message)
    if (found) return typeof advice === 'string' ? advice : advice(found[1] ?? '')
  }
  return undefined
}

/** The same, of an error thrown while the app was loaded. */
export function adviceOnLoading(message: string): string | undefined {
  return loading.find(([pattern]) => pattern.test(message))?.[1]
}

const loading: readonly (readonly [RegExp, string])[] = [
  [
    /background' does not provide an export/,
    '`bgtasks-learn/background` exports `backgroundTasks`, and the type `BackgroundTasksEnv`.',
  ],
  [
    /bgtasks-learn.package\.json|Cannot find (?:package|module)/,
    "Look at the path in the import. The middleware is in `'bgtasks-learn/background'`; a file of yours begins with `./`.",
  ],
  [
    /\b(?:module|exports|require) is not defined/,
    'Use `import`, and end the file with `export default app`.',
  ],
]

const known: readonly (readonly [RegExp, string | ((name: string) => string)])[] = [
  [
    /\(reading 'addTask'\)/,
    '`app.use(backgroundTasks())` sets `c.var.backgroundTasks`: see that it stands above the routes, and compare the name.',
  ],
  [
    /Context is not finalized/,
    'Return the response: `return c.json(…)`. A middleware that returns none has to `await next()`.',
  ],
  [
    /Invalid status code/,
    'What was returned is no response. A handler returns `c.json({ … })`, and `app.use` is given `backgroundTasks()`, with its parentheses.',
  ],
  [/ExecutionContext/, 'On Node there is no `executionCtx`: hand the task to `c.var.backgroundTasks`.'],
  [
    /intermediate value|\) is not a function|before initialization/,
    'Does a line begin with `(` or `[`? It goes on from the line before: put a `;` in front of it.',
  ],
  [/'encoding'/, 'Leave out the third argument: it would be the encoding.'],
  [
    /\bres\.on\w* is not a function/,
    '`c.res` emits no events. Node’s own response does, `c.env.outgoing`; or leave it to `c.var.backgroundTasks`.',
  ],
  [/constructor Response\b/, 'Return `c.json({ … })`: it makes the response.'],
  [/\breq\.body\b/, 'In Hono, a JSON body is read with `await c.req.json()`.'],
  [
    /JSON/,
    '`await c.req.json()` reads a JSON body, and what it gives needs no `JSON.parse`. What stands after the `?` comes from `c.req.query(…)`.',
  ],
  [
    /\b(?:cb|callback)\b.* must be of type function/,
    'Import it from `node:fs/promises` and await it: in `node:fs` it wants a callback.',
  ],
  [/ENOENT/, 'The path is looked up from the lesson folder: write to `log.txt`, without a folder before it.'],
  [
    /\bres\.\w+ is not a function/,
    'Hono has no such `res`. The handler returns its reply: `return c.json({ … })`.',
  ],
  [
    /is not a function/,
    'There is no such function there: compare its name, and what stands before the dot, with the lesson.',
  ],
  [/is not defined/, 'Compare the name with the one you wrote or imported, letter by letter.'],
  [
    /(?:undefined|null) \(reading '(.+?)'\)/,
    (name) =>
      `What stands before \`.${name}\` has no value there: follow it back to where it should get one.`,
  ],
]
