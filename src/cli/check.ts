import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { judge } from '../check/judge.ts'
import type { Lesson } from '../check/lesson.ts'
import type { Trace } from '../check/trace.ts'
import type { Outcome, Verdict } from '../check/verdict.ts'
import { onDisk } from '../course/disk-error.ts'
import { keepRun, readLastRun } from '../course/last-run.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import { currentLesson, isFinished, lessonProgress, recordVerdict } from '../course/progress.ts'
import { prepareLesson } from '../course/mend.ts'
import { readProgress } from '../course/progress-file.ts'
import { withRunLock } from '../course/run-lock.ts'
import { type RunOptions, runProbe } from '../lab/run-probe.ts'
import { renderFinish } from '../ui/finish.ts'
import { renderSummary } from '../ui/summary.ts'
import { timelineOf } from '../ui/timeline-lanes.ts'
import { renderTimelineSvg } from '../ui/timeline-svg.ts'
import { type NextCommand, renderVerdict, type VerdictState } from '../ui/verdict.ts'
import type { Context, ExitCode } from './context.ts'
import { nearPath } from './course-state.ts'
import { finishState } from './finish.ts'
import { writeJson } from './json.ts'
import { chooseLesson, enterSandbox } from './session.ts'

export interface CheckOptions {
  readonly lesson?: string | undefined
  readonly all?: boolean
  readonly json?: boolean
  /** Where to draw the timeline to; of one lesson only. */
  readonly svg?: string | undefined
}

/** One lesson, run and judged. */
export interface Judged {
  readonly lesson: Lesson
  readonly verdict: Verdict
  readonly trace: Trace
  /** Of the check before, if there was one. */
  readonly previous: Trace | undefined
  readonly durationMs: number
}

interface JudgeOptions extends Pick<RunOptions, 'signal' | 'onEvent'> {
  /** Told when another process of ours runs this lesson, with its id. */
  readonly onWait?: (pid: number) => void
}

/** How many servers run side by side: more would only make each other slow. */
const atOnce = 3

const exitCodes: Readonly<Record<Outcome, ExitCode>> = { passed: 0, failed: 1, inconclusive: 2 }

export async function check(context: Context, options: CheckOptions): Promise<ExitCode> {
  const root = enterSandbox(context)
  if (options.all) return await checkAll(context, root, options)
  const lesson = chooseLesson(options.lesson, readProgress(root).progress)
  sayRunning(context, `Checking lesson ${lessonNumber(course, lesson)}: ${lesson.title} …`)
  const judged = await judgeLesson(root, lesson, optionsOf(context, lesson))
  recordVerdict(root, lesson.id, judged.verdict.verdict)
  if (options.svg !== undefined) drawSvg(context, options.svg, judged)
  if (options.json) writeJson(context.stdout, { schema: 1, ...jsonOf(judged) })
  else context.stdout.write(renderJudged(context, root, judged))
  return exitCodes[judged.verdict.verdict]
}

function drawSvg({ cwd, stderr }: Context, file: string, { lesson, trace, previous }: Judged): void {
  const path = resolve(cwd, file)
  const title = `Lesson ${lessonNumber(course, lesson)}: ${lesson.title}`
  onDisk(`write ${path}`, () => writeFileSync(path, renderTimelineSvg(timelineOf(trace, previous), title)))
  stderr.write(`Drew the timeline: ${path}\n`)
}

/** A check takes a second or five: whoever waits at a terminal should know for what. */
function sayRunning({ interactive, stderr, stderrColour }: Context, text: string): void {
  if (interactive) stderr.write(`${stderrColour.dim(text)}\n`)
}

/** Runs the probe and judges the trace. */
export async function judgeLesson(root: string, lesson: Lesson, options: JudgeOptions): Promise<Judged> {
  const started = performance.now()
  const { probe, files = [] } = lesson.check
  const { signal, onEvent, onWait = () => undefined } = options
  return await withRunLock({ root, lessonId: lesson.id, signal, onWait }, async () => {
    const lessonDir = prepareLesson(root, lesson)
    const trace = await runProbe({ lessonDir, probe, files, signal, onEvent })
    const verdict = judge(lesson.check, trace)
    const previous = readLastRun(root, lesson.id)
    keepRun(root, lesson.id, trace)
    return { lesson, verdict, trace, previous, durationMs: Math.round(performance.now() - started) }
  })
}

function optionsOf({ signal, stderr, stderrColour }: Context, lesson: Lesson): JudgeOptions {
  const which = `Lesson ${lessonNumber(course, lesson)} is being checked by another bgtasks-learn`
  return {
    signal,
    onWait: (pid) =>
      stderr.write(stderrColour.dim(`${which} (process ${pid}). Waiting for it to end …`) + '\n'),
  }
}

async function checkAll(context: Context, root: string, { json = false }: CheckOptions): Promise<ExitCode> {
  sayRunning(context, 'Checking all lessons …')
  const judged: Judged[] = []
  const waiting = [...course.entries()]
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, lesson] = next
      judged[index] = await judgeLesson(root, lesson, optionsOf(context, lesson))
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const before = readProgress(root).progress
  const fallen = judged.filter(
    ({ lesson, verdict }) =>
      verdict.verdict === 'failed' && lessonProgress(before, lesson.id).passedAt !== undefined,
  )
  // In the course's order, whichever was done first: the last one passed says where the learner is.
  for (const { lesson, verdict } of judged) recordVerdict(root, lesson.id, verdict.verdict)
  if (json) writeJson(context.stdout, { schema: 1, lessons: judged.map(jsonOf) })
  else if (judged.every(({ verdict }) => verdict.verdict === 'passed')) {
    context.stdout.write(renderFinish(finishState(context, root, judged), context))
  } else {
    const summary = {
      lines: judged.map(summaryOf),
      fallen: fallen.map(({ lesson }) => lessonNumber(course, lesson)),
    }
    context.stdout.write(renderSummary(summary, nextAfterAll(context, judged), context))
  }
  return worst(judged.map(({ verdict }) => verdict.verdict))
}

function worst(outcomes: readonly Outcome[]): ExitCode {
  const found = (['failed', 'inconclusive'] as const).find((outcome) => outcomes.includes(outcome))
  return exitCodes[found ?? 'passed']
}

function jsonOf({ lesson, verdict, trace, durationMs }: Judged): object {
  const steps = verdict.steps.map(({ title, status, mistake, detail, where }) => ({
    title,
    status,
    mistake,
    detail,
    where,
  }))
  return {
    lesson: lesson.id,
    verdict: verdict.verdict,
    steps,
    notes: verdict.notes,
    trace: trace.events,
    durationMs,
  }
}

function summaryOf({ lesson, verdict }: Judged) {
  return { number: lessonNumber(course, lesson), title: lesson.title, verdict }
}

function renderJudged(context: Context, root: string, judged: Judged): string {
  const state = { ...verdictState(context, root, judged), next: nextSteps(context, root, judged) }
  return renderVerdict(state, context)
}

/** What is shown of a verdict; the learner's code as it is now. */
export function verdictState(
  context: Context,
  root: string,
  { lesson, verdict, trace, previous }: Omit<Judged, 'durationMs'>,
): VerdictState {
  const folder = join(root, lesson.id)
  const places = [
    ...verdict.steps.flatMap(({ where, from }) => [where, from]),
    ...verdict.notes.map(({ where }) => where),
  ]
  const files = new Set(places.flatMap((place) => place?.slice(0, place.lastIndexOf(':')) ?? []))
  const sources = new Map([...files].map((file) => [file, sourceOf(join(folder, file))]))
  return {
    lesson: { number: lessonNumber(course, lesson), title: lesson.title },
    verdict,
    trace,
    timeline: timelineOf(trace, previous),
    folder: nearPath(context, folder),
    folderPath: folder,
    source: (file) => sources.get(file),
    next: [],
  }
}

function sourceOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function nextSteps({ command }: Context, root: string, { lesson, verdict }: Judged): readonly NextCommand[] {
  const outcome = verdict.verdict
  const { progress } = readProgress(root)
  const number = lessonNumber(course, lesson)
  if (outcome === 'inconclusive') return [{ text: 'Once more', command: command(`check ${number}`) }]
  if (outcome === 'failed') {
    const { failures } = lessonProgress(progress, lesson.id)
    const hint = { text: 'A hint', command: command(`hint ${number}`) }
    const again = { text: 'Check again', command: command(`check ${number}`) }
    // Whoever fails for the third time in a row may not know what else there is.
    if (failures < 3) return [again, hint]
    return [
      again,
      hint,
      { text: 'Start again', command: command(`reset ${number}`) },
      { text: 'Undo a reset', command: command('reset --undo') },
    ]
  }
  if (isFinished(course, progress))
    return [{ text: 'All lessons are passed. Once more together', command: command('check --all') }]
  const next = currentLesson(course, progress)
  return [
    { text: `Next, lesson ${lessonNumber(course, next)}: ${next.title}`, command: command('read') },
    { text: 'Compare with the model answer', command: command(`solution ${number} --diff`) },
  ]
}

function nextAfterAll(context: Context, judged: readonly Judged[]): readonly NextCommand[] {
  const open = judged.find(({ verdict }) => verdict.verdict !== 'passed')
  if (!open) return []
  const number = lessonNumber(course, open.lesson)
  return [{ text: 'The first of them in full', command: context.command(`check ${number}`) }]
}
