/**
 * What a probe is handed. The lab implements it; a check only sees these words.
 * All waits are bounded; a wait that meets its bound returns, and the trace says so.
 */
export interface ProbeTools {
  readonly server: Server
  /** `log.txt` in the lesson folder. */
  readonly log: WatchedFile
  /** Another watched file, which the check must name in `files`. */
  file(name: string): WatchedFile
  /** Fresh in every run, made of lower-case letters and digits. */
  readonly nonce: string
  /** Leaves a bookmark in the trace. */
  mark(name: string): void
}

export type Probe = (tools: ProbeTools) => Promise<void>

export interface RequestOptions {
  /** The request's name in the trace; unique in a probe. */
  readonly as: string
  /** Sent as JSON with its content type. */
  readonly json?: unknown
}

/** `true` when the reply came. While a file is held, `false` when a held write proves it will not. */
export interface Server {
  get(path: string, options: RequestOptions): Promise<boolean>
  post(path: string, options: RequestOptions): Promise<boolean>
  /** Waits for a reply that did not come at first, after something was let go; `true` as above. */
  arrives(as: string): Promise<boolean>
  /** The JSON of a reply that has come; `undefined` where there is none. */
  json(as: string): unknown
  /**
   * Waits until nothing more can happen: no request open, the event loop empty but for the
   * listening server and what a hold keeps back. Where that cannot be proved (a child process that
   * stays), until all is quiet; only briefly once the log has got `lines` more lines than at the
   * end of the last time, longer while some are still due.
   */
  settles(due: { readonly lines: number }): Promise<void>
}

export interface WatchedFile {
  /** From here on writes wait. While a file is held, at most one request is outstanding. */
  hold(): Promise<void>
  release(): Promise<void>
  /** Lets waiting writes go one at a time, each after everything before it has settled; then releases. */
  releaseOneByOne(): Promise<void>
}
