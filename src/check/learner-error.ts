/**
 * The one error for whatever a person can fix. Only the entry point catches it.
 *
 * `message` says what happened and why, in one or two short sentences; `hint` is
 * the next thing to do, most often a command to type.
 */
export class LearnerError extends Error {
  override readonly name = 'LearnerError'
  readonly hint: string

  constructor(message: string, options: { readonly hint: string; readonly cause?: unknown }) {
    super(message, 'cause' in options ? { cause: options.cause } : {})
    this.hint = options.hint
  }
}
