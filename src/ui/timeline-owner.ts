import type { TraceEventOf } from '../check/trace.ts'
import { parseJson, type TraceView } from '../check/trace-view.ts'

interface Sign {
  readonly at: number
  readonly text: string
  /** The request that the lab saw it belong to. */
  readonly label?: string | undefined
}

/**
 * Which request something written belongs to. A text that repeats what one request alone sent, nonce
 * and all, is that request's, whatever its label: a queue carries the label of whoever started it.
 */
export function ownerOf(view: TraceView, { at, text, label }: Sign): string | undefined {
  const sent = view.of('request').filter((request) => request.at <= at)
  const marked = matching(sent, text, (value) => value.includes(view.nonce))
  if (marked.length === 1 || (label === undefined && marked.length > 0)) return marked[0]
  if (label !== undefined) return label
  const alike =
    text === ''
      ? sent.filter((request) => sentValues(request).includes('')).map(({ request }) => request)
      : matching(sent, text, (value) => value.length >= 3)
  return alike.length === 1 ? alike[0] : undefined
}

/**
 * The same for each line of one text. The frames of a stack trace are of the error above them; any
 * other line that says nothing goes with the one before it, else with the one behind.
 */
export function ownersOf(
  view: TraceView,
  lines: readonly string[],
  sign: Omit<Sign, 'text'>,
): readonly (string | undefined)[] {
  const owners: (string | undefined)[] = []
  for (const text of lines) {
    const last = owners.at(-1)
    const goesOn = owners.length > 0 && isFrame(text)
    owners.push(goesOn ? last : (ownerOf(view, { ...sign, text }) ?? last))
  }
  const first = owners.find((owner) => owner !== undefined)
  return owners.map((owner) => owner ?? first)
}

/** A line of a stack trace: `    at handler (app.ts:12:3)`. */
export function isFrame(line: string): boolean {
  return /^\s+at /.test(line)
}

/** The requests that sent the longest value found in `text`. */
function matching(
  requests: readonly TraceEventOf<'request'>[],
  text: string,
  counts: (value: string) => boolean,
): readonly string[] {
  const found = requests.flatMap((request) => {
    const values = sentValues(request).filter((value) => counts(value) && text.includes(value))
    const longest = Math.max(0, ...values.map((value) => value.length))
    return longest === 0 ? [] : [{ name: request.request, longest }]
  })
  const longest = Math.max(0, ...found.map((match) => match.longest))
  return found.filter((match) => match.longest === longest).map(({ name }) => name)
}

function sentValues({ path, body }: TraceEventOf<'request'>): readonly string[] {
  const json = parseJson(body)
  const values = typeof json === 'object' && json !== null ? Object.values(json) : []
  const query = new URLSearchParams(path.split('?')[1])
  return [...query.values(), ...values.filter((value) => typeof value === 'string')]
}
