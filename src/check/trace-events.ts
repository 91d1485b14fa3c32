/*
 * What a trace is made of, one interface a kind; those of child processes and worker threads are in
 * trace-helpers.ts. The fields that many of them share are told of in trace.ts.
 */

export interface At {
  readonly at: number
}
interface Placed extends At {
  readonly where?: string
  readonly from?: string
}

/** The server's process was started. */
export interface StartEvent extends At {
  readonly kind: 'start'
}
/** The server listens; `startUpMs` from process start. */
export interface ReadyEvent extends At {
  readonly kind: 'ready'
  readonly startUpMs: number
}
/** The learner's code could not be brought up. */
export interface StartFailedEvent extends Placed {
  readonly kind: 'start-failed'
  readonly reason:
    | 'no-entry'
    | 'two-entries'
    | 'syntax'
    | 'threw'
    | 'no-export'
    | 'no-fetch'
    | 'listens-itself'
    | 'exited'
    | 'hangs'
  readonly message: string
}
/** The server's process ended. `byLab` when the lab ended it on purpose. */
export interface ExitEvent extends At {
  readonly kind: 'exit'
  readonly code: number | null
  readonly signal: string | null
  readonly byLab: boolean
}
/** An error nobody caught; Node ends the process after it. */
export interface CrashEvent extends Placed {
  readonly kind: 'crash'
  readonly origin: 'uncaughtException' | 'unhandledRejection'
  readonly message: string
}

/** The client sent a request. `path` includes the query; `body` is what was sent. */
export interface RequestEvent extends At {
  readonly kind: 'request'
  readonly request: string
  readonly method: string
  readonly path: string
  readonly body?: string
}
/** The server's first sight of it. */
export interface HandlingEvent extends At {
  readonly kind: 'handling'
  readonly request: string
}
/**
 * The response's head is written: what stood in the log by then, `logged` bytes of this run, came
 * before the reply, whoever wrote it. `idleMs`: how long ago the log had last been written to.
 * `atOnce`: in the turn of the event loop in which the request was taken, so that nothing which came
 * from outside the server's own code can have been waited for.
 */
export interface RespondingEvent extends At {
  readonly kind: 'responding'
  readonly request: string
  readonly logged: number
  readonly idleMs: number
  readonly atOnce?: boolean
}
/** The server handed the whole response over (`finished`), or the connection closed before that. */
export interface RespondedEvent extends At {
  readonly kind: 'responded'
  readonly request: string
  readonly finished: boolean
}
/** The last byte of the reply reached the client. `ms` since the request was sent. */
export interface ReplyEvent extends At {
  readonly kind: 'reply'
  readonly request: string
  readonly status: number
  readonly body: string
  readonly ms: number
}
/**
 * No reply: the connection broke; the deadline came; or the event loop ran empty with the request
 * still open, which proves that none would ever come (`never`).
 */
export interface NoReplyEvent extends At {
  readonly kind: 'no-reply'
  readonly request: string
  readonly reason: 'connection-lost' | 'deadline' | 'never'
  readonly waitedMs: number
}

/**
 * No reply yet, and the probe goes on without it: its reply cannot come while a file is held
 * (`proved`), or did not come in time.
 */
export interface HeldUpEvent extends At {
  readonly kind: 'held-up'
  readonly request: string
  readonly proved: boolean
}
/** From here on writes to `file` wait at the gate. */
export interface HoldEvent extends At {
  readonly kind: 'hold'
  readonly file: string
}
/** The gate opened: for all that wait, or (`one`) for the first of them. */
export interface ReleaseEvent extends At {
  readonly kind: 'release'
  readonly file: string
  readonly one: boolean
}
/**
 * A write began in the learner's process, in whichever thread. `id` is unique in the trace. `held`: it had to wait
 * at the gate. `truncates`: it replaces the file's content. `text` is at most 2000 characters.
 * `file` is a watched file, or any other file written to (never held).
 */
export interface WriteEvent extends Placed {
  readonly kind: 'write'
  readonly id: number
  readonly file: string
  readonly text: string
  readonly sync: boolean
  readonly truncates: boolean
  readonly held: boolean
  readonly stream?: number
  /** The worker thread that wrote; absent for the server's own. */
  readonly thread?: number
  /** The line that handed it over as a task, and that task's number, where a queue remembers them. */
  readonly added?: string
  readonly task?: number
  readonly request?: string
  readonly unfinished: readonly string[]
}
/** A held write was let go. */
export interface WriteLetGoEvent extends At {
  readonly kind: 'write-let-go'
  readonly id: number
}
/** `error` is the system's message if it failed. */
export interface WriteEndEvent extends At {
  readonly kind: 'write-end'
  readonly id: number
  readonly error?: string
}
/** A new whole line was seen in a watched file, by whichever process wrote it. */
export interface LineEvent extends At {
  readonly kind: 'line'
  readonly file: string
  readonly text: string
}
/**
 * What stood in a file when the lab read it. For a watched file `text` is what this run added after
 * the seed and `overwritten` says that earlier bytes changed; another file is reported at the end,
 * if it was changed in this run and holds the nonce.
 */
export interface FileEvent extends At {
  readonly kind: 'file'
  readonly file: string
  readonly text: string
  readonly overwritten: boolean
  readonly watched: boolean
}

/** A line on stdout or stderr. */
export interface ConsoleEvent extends At {
  readonly kind: 'console'
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}
/** An error that was printed with its stack, as Hono does with what a handler throws. */
export interface ErrorPrintedEvent extends Placed {
  readonly kind: 'error-printed'
  readonly message: string
}
/** A task that a queue ran ended in an error, as far as such a queue can be seen; see `added`. */
export interface TaskFailedEvent extends Placed {
  readonly kind: 'task-failed'
  /** The function's name, which may be empty. */
  readonly task: string
  readonly message: string
  readonly added?: string
}

/** A timer of 50 ms or more, set by the learner's code. */
export interface TimerSetEvent extends Placed {
  readonly kind: 'timer-set'
  readonly id: number
  readonly ms: number
  /** `setInterval`: it fires again and again, and only its first time is told. */
  readonly repeats?: true
  readonly request?: string
  readonly unfinished: readonly string[]
}
export interface TimerFiredEvent extends At {
  readonly kind: 'timer-fired'
  readonly id: number
}
/**
 * The event loop stood still for `ms` and the lab's hold was not the cause; `at` is its end, or with
 * `lasting` a moment at which it still stood.
 */
export interface StallEvent extends Placed {
  readonly kind: 'stall'
  readonly ms: number
  readonly lasting?: boolean
}
/** The lab itself could not run for `ms`: the machine is busy. */
export interface BusyEvent extends At {
  readonly kind: 'busy'
  readonly ms: number
}
/** A scheduling call was handed something that is no function: `setImmediate(send(mail))`. */
export interface NotAFunctionEvent extends Placed {
  readonly kind: 'not-a-function'
  readonly call: string
  /** What it was handed, in words: `a promise`. */
  readonly given?: string
}
/** `bgtasks-learn/background` was loaded at run time. */
export interface OwnMiddlewareEvent extends At {
  readonly kind: 'course-middleware-loaded'
}
/** A probe's own bookmark. */
export interface MarkEvent extends At {
  readonly kind: 'mark'
  readonly name: string
}
/**
 * Nothing more can happen: the event loop ran empty (`proved`), or the bound was reached and
 * absence is only known until then.
 */
export interface IdleEvent extends At {
  readonly kind: 'idle'
  readonly proved: boolean
  readonly waitedMs: number
}
