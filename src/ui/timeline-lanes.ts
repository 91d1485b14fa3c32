import type { Trace, TraceEventOf } from '../check/trace.ts'
import { type TraceView, viewTrace } from '../check/trace-view.ts'
import { answerOf } from './timeline-answer.ts'
import { foldLanes } from './timeline-fold.ts'
import {
  answeredAt,
  answerEnd,
  type Lane,
  type Row,
  rowEnd,
  rowStart,
  type Timeline,
} from './timeline-model.ts'
import { holdsIn, stallsIn } from './timeline-spans.ts'
import { workOf } from './timeline-work.ts'

/** `previous`: the learner's run before, of the same lesson. */
export function timelineOf(trace: Trace, previous?: Trace): Timeline {
  const lanes = foldLanes(lanesOf(trace))
  if (!previous) return { lanes }
  const before = new Map(foldLanes(lanesOf(previous)).map((lane) => [lane.name, lane]))
  return {
    lanes: lanes.map((lane) => {
      const then = lane.name === undefined ? undefined : before.get(lane.name)
      return then && differs(lane, then) ? { ...lane, previous: then } : lane
    }),
  }
}

function lanesOf(trace: Trace): readonly Lane[] {
  const requests = viewTrace(trace).of('request')
  const [first] = requests
  if (!first) return []
  const lanes = requests.map((request) => requestLane(since(trace, request.at), request))
  const rows = workOf(since(trace, first.at), undefined).filter((row) => rowStart(row) >= 0)
  if (rows.length === 0) return lanes
  return [...lanes, { name: undefined, route: '', answer: { kind: 'open', at: 0 }, rows }]
}

function since({ nonce, events }: Trace, zero: number): TraceView {
  return viewTrace({ nonce, events: events.map((event) => ({ ...event, at: event.at - zero })) })
}

function requestLane(view: TraceView, { request: name, method, path }: TraceEventOf<'request'>): Lane {
  const handling = view.of('handling').find(({ request }) => request === name)
  const answer = answerOf(view, name)
  const work = [...workOf(view, name), ...crashIn(view)]
  const end = Math.max(answerEnd(answer), ...work.map(rowEnd))
  const rows = [...work, ...stallsIn(view, end)].toSorted((a, b) => rowStart(a) - rowStart(b))
  return {
    name,
    route: `${method} ${path.split('?')[0]}`,
    ...(handling ? { handlingAt: handling.at } : {}),
    answer,
    rows: [...holdsIn(view, end), ...rows],
  }
}

/** An end that nobody asked for, after this request was sent and before the next one was. */
function crashIn(view: TraceView): readonly Row[] {
  const next = view.of('request').find(({ at }) => at > 0)?.at ?? Number.POSITIVE_INFINITY
  const here = ({ at }: { readonly at: number }) => at > 0 && at <= next
  const crash = view.of('crash').find(here)
  if (crash) {
    const { at, message, where } = crash
    return [{ kind: 'crash', at, message, ...(where === undefined ? {} : { where }) }]
  }
  const exit = view.of('exit').find((event) => !event.byLab && here(event))
  if (!exit || view.of('crash').some(({ at }) => at < exit.at)) return []
  const how = exit.signal ? `ended by ${exit.signal}` : `ended with exit code ${exit.code}`
  return [{ kind: 'crash', at: exit.at, message: how }]
}

/** Another answer, other work before the response, or a wait that is clearly longer or shorter. */
function differs(now: Lane, then: Lane): boolean {
  return story(now) !== story(then) || wait(now) / wait(then) > 1.5 || wait(then) / wait(now) > 1.5
}

function story(lane: Lane): string {
  const { answer } = lane
  const sentAt = answeredAt(lane) ?? Number.POSITIVE_INFINITY
  const status = answer.kind === 'reply' ? answer.status : answer.kind
  const rows = lane.rows.flatMap((row) => {
    if (row.kind === 'hold') return []
    return `${row.kind} ${rowStart(row) < sentAt} ${rowEnd(row) < sentAt}`
  })
  return [status, ...rows].join()
}

/** Some milliseconds more or less are the machine's. */
function wait({ answer }: Lane): number {
  return Math.max(25, answerEnd(answer))
}
