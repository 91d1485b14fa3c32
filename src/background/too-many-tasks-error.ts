/**
 * `addTask` met `maxPending`. Nothing was added and nothing dropped.
 *
 * Left uncaught it answers 503: Hono takes an error's response from `getResponse()`.
 */
export class TooManyTasksError extends Error {
  override readonly name = 'TooManyTasksError'
  readonly status = 503

  constructor(maxPending: number) {
    super(`${maxPending} background tasks are pending, which is maxPending: this one was not added`)
  }

  getResponse(): Response {
    return new Response('Service Unavailable', { status: this.status })
  }
}
