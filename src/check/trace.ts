import type {
  BusyEvent,
  ConsoleEvent,
  CrashEvent,
  ErrorPrintedEvent,
  ExitEvent,
  FileEvent,
  HandlingEvent,
  HeldUpEvent,
  HoldEvent,
  IdleEvent,
  LineEvent,
  MarkEvent,
  NoReplyEvent,
  NotAFunctionEvent,
  OwnMiddlewareEvent,
  ReadyEvent,
  ReleaseEvent,
  ReplyEvent,
  RequestEvent,
  RespondedEvent,
  RespondingEvent,
  StallEvent,
  StartEvent,
  StartFailedEvent,
  TaskFailedEvent,
  TimerFiredEvent,
  TimerSetEvent,
  WriteEndEvent,
  WriteEvent,
  WriteLetGoEvent,
} from './trace-events.ts'
import type {
  ChildEndedEvent,
  ChildStartedEvent,
  WorkerEndedEvent,
  WorkerMessageEvent,
  WorkerStartedEvent,
} from './trace-helpers.ts'

/**
 * A trace: everything that happened in one run of a learner's server, in order.
 *
 * Every event has `at`, milliseconds on one monotonic clock that starts when the
 * lab starts the server; events are sorted by it. Paths in `file` are relative to
 * the lesson folder, with forward slashes. `where` is `file:line` in the learner's
 * own source, `from` another such line: who called it, the outermost in another file
 * or else in the same. `unfinished`: the requests whose response was not yet
 * handed over whole when it began. `request` is the name a probe gave with `as`; on a write, a timer or
 * a console line it is a label for the timeline only: a learner's queue carries the
 * label of whichever request started it, so no verdict rests on it alone.
 */
export interface Trace {
  /** Fresh in every run; probes put it in what they send so that old lines cannot match. */
  readonly nonce: string
  readonly events: readonly TraceEvent[]
}

export type TraceEvent =
  | StartEvent
  | ReadyEvent
  | StartFailedEvent
  | ExitEvent
  | CrashEvent
  | RequestEvent
  | HandlingEvent
  | RespondingEvent
  | RespondedEvent
  | ReplyEvent
  | NoReplyEvent
  | HeldUpEvent
  | HoldEvent
  | ReleaseEvent
  | WriteEvent
  | WriteLetGoEvent
  | WriteEndEvent
  | LineEvent
  | FileEvent
  | ConsoleEvent
  | ErrorPrintedEvent
  | TaskFailedEvent
  | TimerSetEvent
  | TimerFiredEvent
  | ChildStartedEvent
  | ChildEndedEvent
  | WorkerStartedEvent
  | WorkerMessageEvent
  | WorkerEndedEvent
  | StallEvent
  | BusyEvent
  | NotAFunctionEvent
  | OwnMiddlewareEvent
  | MarkEvent
  | IdleEvent

type KindOf<K extends TraceEvent['kind']> = Extract<TraceEvent, { readonly kind: K }>
export type { KindOf as TraceEventOf }
