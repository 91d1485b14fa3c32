import type { Context, ExecutionContext } from 'hono'
import { captureScope, type Scope } from './async-context.ts'
import { countRequests, countTasks, type Ledger } from './ledger.ts'
import { notAFunction, reportBoth } from './report.ts'
import { isThenable } from './thenable.ts'
import { TooManyTasksError } from './too-many-tasks-error.ts'
import type { BackgroundTask, BackgroundTasks, BackgroundTasksOptions, TaskFailure } from './types.ts'

/**
 * One request's tasks. They collect until the request's chain has settled and its response has
 * closed. From then on the list is open: whatever is added later is appended, or starts at once.
 */
export interface TaskList extends TaskListOptions {
  /** Of the middleware that made the list, then of those stacked inside it. */
  readonly ledgers: [Ledger, ...Ledger[]]
  /** Tasks that wait are a chain by `next`: a Set's iterator was measured at 5 µs a request. */
  first: Task | undefined
  last: Task | undefined
  settled: boolean
  closed: boolean
  running: boolean
  discarded: boolean
  /** The error whose tasks were dropped: a second look must spare what was added since. */
  droppedFor: Error | undefined
}

export interface TaskListOptions {
  readonly c: Context
  readonly settings: Required<BackgroundTasksOptions>
  readonly executionCtx: ExecutionContext | undefined
}

interface Task {
  readonly fn: (...args: never[]) => unknown
  readonly args: readonly unknown[]
  readonly scope: Scope
  next: Task | undefined
}

// Kept from the start: a test's fake timers must not stop the tasks.
const laterTurn = globalThis.setTimeout

const listKey = Symbol('task list')

interface Face extends BackgroundTasks {
  readonly [listKey]: TaskList
}

/** Makes the list and sets it as `c.var.backgroundTasks`. */
export function createTaskList(ledger: Ledger, { c, settings, executionCtx }: TaskListOptions): TaskList {
  // Every field by name: a spread here was measured at 7 µs a request, as much as all the rest.
  const list: TaskList = {
    c,
    settings,
    executionCtx,
    ledgers: [ledger],
    first: undefined,
    last: undefined,
    settled: false,
    closed: false,
    running: false,
    discarded: false,
    droppedFor: undefined,
  }
  const face: Face = { addTask: (fn, ...args) => addTask(list, fn, args), [listKey]: list }
  c.set('backgroundTasks', face)
  countRequests(list.ledgers, 1)
  return list
}

export function taskListOf(backgroundTasks: BackgroundTasks | undefined): TaskList | undefined {
  return (backgroundTasks as Face | undefined)?.[listKey]
}

/** A middleware stacked inside another shares its list, and its `drain` waits for the list too. */
export function joinTaskList(list: TaskList, ledger: Ledger): void {
  if (list.ledgers.includes(ledger)) return
  list.ledgers.push(ledger)
  countRequests([ledger], isOpen(list) ? 0 : 1)
  countTasks([ledger], pending(list))
}

/** The handlers are done. `threw`: past every error handler, so that only this tells of it. */
export function settle(list: TaskList, { threw }: { threw: boolean }): void {
  list.settled = true
  if (threw && !list.settings.runOnError) discard(list)
  else discardAfterError(list)
  if (list.closed) open(list)
}

/** The response is sent whole, or its client has gone. */
export function close(list: TaskList): void {
  list.closed = true
  if (list.settled) open(list)
}

function isOpen(list: TaskList): boolean {
  return list.settled && list.closed
}

/** Where no response is seen: once whoever called the app has had its turn with the reply. */
export function closeSoon(list: TaskList): void {
  const closed = new Promise<void>((resolve) => {
    laterTurn(() => {
      close(list)
      resolve()
    }, 0)
  })
  list.executionCtx?.waitUntil(closed)
}

function open(list: TaskList): void {
  // Again: a middleware outside this one may have thrown after the handlers had settled.
  discardAfterError(list)
  if (list.first) start(list)
  countRequests(list.ledgers, -1)
}

function addTask(list: TaskList, fn: Task['fn'], args: Task['args']): void {
  if (typeof fn !== 'function') throw notAFunction(fn)
  if (list.discarded && !list.running) {
    throw new Error('addTask came too late: this request failed, and its background tasks were discarded')
  }
  dropTasksOfError(list)
  const { maxPending } = list.settings
  if (list.ledgers[0].tasks >= maxPending) throw new TooManyTasksError(maxPending)

  append(list, { fn, args, scope: captureScope(), next: undefined })
  if (isOpen(list) && !list.running) start(list)
}

function start(list: TaskList): void {
  const run = runAll(list)
  list.executionCtx?.waitUntil(run)
}

/** Never rejects. Tasks added meanwhile are met by the same loop. */
async function runAll(list: TaskList): Promise<void> {
  list.running = true
  for (let task = take(list); task; task = take(list)) {
    try {
      const result = task.scope.runInAsyncScope(task.fn, undefined, ...task.args)
      // A sync task has ended already; an await would cost it a turn all the same.
      if (isThenable(result)) await result
    } catch (error) {
      await report(list, { task, error })
    }
    countTasks(list.ledgers, -1)
  }
  list.running = false
}

async function report(list: TaskList, { task, error }: { task: Task; error: unknown }): Promise<void> {
  const skipped = list.settings.onFailure === 'stop' ? dropWaiting(list) : []
  const failure: TaskFailure = { task: shown(task), skipped: skipped.map(shown) }
  try {
    await task.scope.runInAsyncScope(list.settings.onError, undefined, error, failure)
  } catch (onErrorThrew) {
    reportBoth(error, { failure, onErrorThrew })
  }
}

function discardAfterError(list: TaskList): void {
  if (list.c.error === undefined || list.settings.runOnError) return
  dropTasksOfError(list)
  list.discarded = true
}

function discard(list: TaskList): void {
  dropWaiting(list)
  list.discarded = true
}

/** Tasks added before the error go with it. Those that Hono's error handler adds are meant, and stay. */
function dropTasksOfError(list: TaskList): void {
  const { error } = list.c
  if (error === undefined || error === list.droppedFor || list.settings.runOnError) return
  list.droppedFor = error
  dropWaiting(list)
}

function dropWaiting(list: TaskList): readonly Task[] {
  const dropped: Task[] = []
  for (let task = take(list); task; task = take(list)) dropped.push(task)
  countTasks(list.ledgers, -dropped.length)
  return dropped
}

function append(list: TaskList, task: Task): void {
  if (list.last) list.last.next = task
  else list.first = task
  list.last = task
  countTasks(list.ledgers, 1)
}

/** The next task, out of the chain; it is still counted. */
function take(list: TaskList): Task | undefined {
  const task = list.first
  list.first = task?.next
  if (!list.first) list.last = undefined
  return task
}

/** Tasks that wait or run. */
function pending(list: TaskList): number {
  let tasks = list.running ? 1 : 0
  for (let task = list.first; task; task = task.next) tasks += 1
  return tasks
}

function shown({ fn, args }: Task): BackgroundTask {
  return { name: fn.name || 'anonymous', fn: fn as BackgroundTask['fn'], args }
}
