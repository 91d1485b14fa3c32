import { EventEmitter, on } from 'node:events'
import { judge } from '../check/judge.ts'
import { LearnerError } from '../check/learner-error.ts'
import type { Lesson } from '../check/lesson.ts'
import type { Trace, TraceEvent } from '../check/trace.ts'
import { course, lessonNumber, lessonText } from '../course/lessons.ts'
import { prepareLesson } from '../course/mend.ts'
import { readProgress } from '../course/progress-file.ts'
import { type Play, startPlay } from '../lab/play.ts'
import { nextFreePort, portTrouble } from '../lab/play-port.ts'
import { playPort } from '../ui/curl.ts'
import { curlsOf, renderDown, renderRestart, renderRunEvent, renderRunHead } from '../ui/run.ts'
import { timelineOf } from '../ui/timeline-lanes.ts'
import { renderTimeline } from '../ui/timeline.ts'
import { renderVerdict } from '../ui/verdict.ts'
import { verdictState } from './judge-lesson.ts'
import type { Context, ExitCode } from './context.ts'
import { chooseLesson, enterSandbox } from './session.ts'
import { watchSaves } from './watch-saves.ts'
import { openTerminal } from './watch-terminal.ts'

export interface RunOptions {
  readonly lesson?: string | undefined
  readonly port?: number | undefined
}

/** Keeps the lesson's server up on a fixed port, and shows what each request sets going. */
export async function run(context: Context, options: RunOptions): Promise<ExitCode> {
  const root = enterSandbox(context)
  const lesson = chooseLesson(context, options.lesson, { root, ...readProgress(root) })
  return await runLesson(context, root, { lesson, port: options.port ?? playPort })
}

type RunEvent =
  | { readonly kind: 'traced'; readonly event: TraceEvent }
  | { readonly kind: 'settled'; readonly trace: Trace }
  | { readonly kind: 'saved'; readonly file: string }
  | { readonly kind: 'key'; readonly key: string }

export interface Running {
  readonly lesson: Lesson
  readonly port: number
}

export async function runLesson(
  context: Context,
  root: string,
  { lesson, port }: Running,
): Promise<ExitCode> {
  await assertFree(context, { lesson, port })
  const lessonDir = prepareLesson(root, lesson)
  const { files = [] } = lesson.check
  const events = new EventEmitter<{ event: [RunEvent]; error: [unknown] }>()
  const emit = (event: RunEvent) => events.emit('event', event)
  const heard = on(events, 'event', { signal: context.signal })
  const notSaves = new Set(files)
  const say = (text: string) => context.stdout.write(`${text}\n`)

  const keys = context.interactive
    ? openTerminal(
        context,
        {
          onKey: (key) => emit({ kind: 'key', key }),
          onChange: () => undefined,
          onEnd: () => emit({ kind: 'key', key: 'q' }),
        },
        { full: false },
      )
    : undefined
  const saves = watchSaves({ folder: lessonDir, notSaves, onSave: (file) => emit({ kind: 'saved', file }) })
  let play: Play | undefined

  async function start(): Promise<void> {
    await play?.end()
    play = startPlay({
      lessonDir,
      files,
      port,
      signal: context.signal,
      onEvent: (event) => emit({ kind: 'traced', event }),
      onSettled: (trace) => emit({ kind: 'settled', trace }),
    })
    await play.ready()
  }

  function show(event: TraceEvent): void {
    if (event.kind === 'write') notSaves.add(event.file)
    const line = renderRunEvent(event, context)
    if (line !== undefined) say(line)
    if (event.kind === 'start-failed' || (event.kind === 'exit' && !event.byLab)) showTrouble(event)
  }

  /** In the words that a check has for it. */
  function showTrouble({ kind }: TraceEvent): void {
    const trace = play?.trace()
    // A process that could not start ends as well: once is enough.
    if (
      trace === undefined ||
      (kind === 'exit' && trace.events.some((event) => event.kind === 'start-failed'))
    )
      return
    const verdict = judge({ ...lesson.check, expectations: [] }, trace)
    const state = verdictState(context, root, { lesson, verdict, trace, previous: undefined })
    // Its requests are drawn already.
    say(`\n${renderVerdict({ ...state, timeline: { lanes: [] } }, context)}`)
    say(renderDown(context))
  }

  function showTimeline(trace: Trace): void {
    // A request that was only refused has been told of whole.
    const lanes = timelineOf(trace).lanes.filter(({ rows, answer }) => {
      return rows.length > 0 || answer.kind !== 'reply' || (answer.status ?? 0) < 400
    })
    const drawing = renderTimeline({ lanes }, context)
    if (drawing !== '') say(`\n${drawing}`)
  }

  async function loop(): Promise<ExitCode> {
    await start()
    for await (const [event] of heard as AsyncIterable<[RunEvent]>) {
      if (event.kind === 'traced') show(event.event)
      else if (event.kind === 'settled') showTimeline(event.trace)
      else if (event.kind === 'saved') {
        say(renderRestart(event.file, context))
        await start()
      } else if (event.key === 'ctrl-c') return 130
      else if (event.key === 'q') return 0
      else if (event.key === 'ctrl-z') keys?.suspend()
    }
    return 130
  }

  try {
    say(
      renderRunHead(
        {
          lesson: { number: lessonNumber(course, lesson), title: lesson.title },
          port,
          curls: curlsOf(lessonText(lesson), port),
          ends: keys === undefined ? 'Ctrl-C ends it.' : 'q ends it.',
        },
        context,
      ),
    )
    return await loop()
  } finally {
    saves.close()
    keys?.close()
    await play?.end()
  }
}

async function assertFree({ command }: Context, { lesson, port }: Running): Promise<void> {
  const trouble = await portTrouble(port)
  if (trouble === undefined) return
  const free = await nextFreePort(port)
  const number = lessonNumber(course, lesson)
  throw new LearnerError(
    trouble === 'EADDRINUSE'
      ? `Port ${port} is in use: another program listens there.`
      : `Nobody can listen on port ${port} here (${trouble}).`,
    {
      hint:
        free === undefined
          ? 'Choose another one with --port <number>.'
          : `This one is free: \`${command(`run ${number} --port ${free}`)}\``,
    },
  )
}
