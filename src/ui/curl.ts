import type { TraceEventOf } from '../check/trace.ts'

/** The port that a server for trying things out listens on unless told otherwise. */
export const playPort = 3000

/** The request as a line for a shell. */
export function curlLine({ method, path, body }: TraceEventOf<'request'>): string {
  const verb = method === 'GET' ? '' : ` -X ${method}`
  const data = body === undefined ? '' : ` -H 'content-type: application/json' -d ${quoted(body)}`
  return `curl -i${verb} ${quoted(`http://127.0.0.1:${playPort}${path}`)}${data}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
