import type { At } from './trace-events.ts'

/*
 * The kinds of events that tell of a learner's child processes and worker threads, which a task may
 * wait for.
 */

interface HelperStarted extends At {
  readonly id: number
  readonly where?: string
  readonly request?: string
  /** As in `WriteEvent`. */
  readonly unfinished: readonly string[]
}

export interface ChildStartedEvent extends HelperStarted {
  readonly kind: 'child-started'
  /** The server stood still until it had ended, as with `execSync`. */
  readonly sync?: boolean
}
export interface ChildEndedEvent extends At {
  readonly kind: 'child-ended'
  readonly id: number
}

/** `id` names the thread as `thread` does in `WriteEvent`. */
export interface WorkerStartedEvent extends HelperStarted {
  readonly kind: 'worker-started'
}
/** A message of the thread's reached the server's own: of many, the last one before a response began. */
export interface WorkerMessageEvent extends At {
  readonly kind: 'worker-message'
  readonly id: number
}
export interface WorkerEndedEvent extends At {
  readonly kind: 'worker-ended'
  readonly id: number
}
