import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Lesson } from '../check/lesson.ts'
import type { TraceEvent } from '../check/trace.ts'
import type { Outcome } from '../check/verdict.ts'
import { lessonFile } from '../course/answer.ts'
import { onDisk } from '../course/disk-error.ts'
import { course, lessonNumber } from '../course/lessons.ts'
import {
  currentLesson,
  isFinished,
  lessonProgress,
  type Progress,
  recordVerdict,
} from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { changedFiles } from '../course/reset.ts'
import { fallenText } from '../ui/fallen.ts'
import { renderFinish } from '../ui/finish.ts'
import { renderSummary } from '../ui/summary.ts'
import { timelineOf } from '../ui/timeline-lanes.ts'
import { renderTimelineSvg } from '../ui/timeline-svg.ts'
import { type NextCommand, renderVerdict } from '../ui/verdict.ts'
import { renderWaits, saysWait, waitsOf } from '../ui/watch-waits.ts'
import { type Context, type ExitCode, stderrScreen } from './context.ts'
import { nearPath } from './course-state.ts'
import { finishState } from './finish.ts'
import { writeJson } from './json.ts'
import { hasFallen, type Judged, judgeLesson, verdictState } from './judge-lesson.ts'
import { showProgress } from './progress-lines.ts'
import { chooseLesson, enterSandbox } from './session.ts'

export interface CheckOptions {
  readonly lesson?: string | undefined
  readonly all?: boolean
  readonly json?: boolean
  /** Where to draw the timeline to; of one lesson only. */
  readonly svg?: string | undefined
}

/** How many servers run side by side: more would only make each other slow. */
const atOnce = 3

const exitCodes: Readonly<Record<Outcome, ExitCode>> = { passed: 0, failed: 1, inconclusive: 2 }

export async function check(context: Context, options: CheckOptions): Promise<ExitCode> {
  const root = enterSandbox(context)
  if (options.all) return await checkAll(context, root, options)
  const { progress } = readProgress(root)
  const lesson = chooseLesson(context, options.lesson, { root, progress })
  const judged = await judgeShown(context, root, lesson)
  const remark = remarkOn(root, progress, judged)
  recordVerdict(root, lesson.id, judged.verdict.verdict)
  if (options.svg !== undefined) drawSvg(context, options.svg, judged)
  if (options.json) writeJson(context.stdout, { schema: 1, ...jsonOf(judged) })
  else {
    const next = context.inMenu ? [] : nextSteps(context, root, judged)
    const state = verdictState(context, root, judged)
    context.stdout.write(renderVerdict({ ...state, remark, next, seenFrom: 'end' }, context))
  }
  return exitCodes[judged.verdict.verdict]
}

/** Whoever has not saved, or has edited another file, wonders. */
function remarkOn(root: string, before: Progress, judged: Judged): string | undefined {
  const { lesson, verdict } = judged
  if (hasFallen(before, judged)) return fallenText([lessonNumber(course, lesson)])
  if (verdict.verdict === 'failed' && isStarter(root, lesson))
    return 'This is still the starter, as it was given.'
  return undefined
}

function isStarter(root: string, lesson: Lesson): boolean {
  return changedFiles(root, [lesson.id]).length === 0
}

function drawSvg({ cwd, stderr }: Context, file: string, { lesson, trace, previous }: Judged): void {
  const path = resolve(cwd, file)
  const title = `Lesson ${lessonNumber(course, lesson)}: ${lesson.title}`
  onDisk(`write ${path}`, () => writeFileSync(path, renderTimelineSvg(timelineOf(trace, previous), title)))
  stderr.write(`Drew the timeline: ${path}\n`)
}

/** A check takes a second or five: whoever waits at a terminal should see for what. */
async function judgeShown(context: Context, root: string, lesson: Lesson): Promise<Judged> {
  const { signal, stderrColour } = context
  const events: TraceEvent[] = []
  let started = performance.now()
  const progress = showProgress(context, () => [
    stderrColour.dim(`Checking lesson ${lessonNumber(course, lesson)}: ${lesson.title} …`),
    ...renderWaits(waitsOf({ events, now: performance.now() - started }), stderrScreen(context)),
  ])
  try {
    return await judgeLesson(root, lesson, {
      signal,
      onEvent(event) {
        // Waiting for one's turn is no part of the run.
        if (event.kind === 'start') started = performance.now() - event.at
        if (saysWait(event)) events.push(event)
      },
      onWait: (pid) => progress.say(stderrColour.dim(whoChecks(lesson, pid))),
    })
  } finally {
    progress.end()
  }
}

function whoChecks(lesson: Lesson, pid: number): string {
  const which = `Lesson ${lessonNumber(course, lesson)} is being checked by another bgtasks-learn`
  return `${which} (process ${pid}). Waiting for it to end …`
}

async function checkAll(context: Context, root: string, { json = false }: CheckOptions): Promise<ExitCode> {
  const judged = await judgeAll(context, root)
  const before = readProgress(root).progress
  const fallen = judged.filter((each) => hasFallen(before, each))
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
    const next = context.inMenu ? [] : nextAfterAll(context, judged)
    context.stdout.write(renderSummary(summary, next, context))
  }
  return worst(judged.map(({ verdict }) => verdict.verdict))
}

async function judgeAll(context: Context, root: string): Promise<readonly Judged[]> {
  const { signal, stderrColour } = context
  const judged: Judged[] = []
  const waiting = [...course.entries()]
  let done = 0
  const progress = showProgress(context, () => [
    stderrColour.dim(`Checking all lessons: ${done} of ${course.length} are judged …`),
  ])
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, lesson] = next
      const onWait = (pid: number) => progress.say(stderrColour.dim(whoChecks(lesson, pid)))
      judged[index] = await judgeLesson(root, lesson, { signal, onWait })
      done += 1
    }
  }
  try {
    await Promise.all(Array.from({ length: atOnce }, work))
  } finally {
    progress.end()
  }
  return judged
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

function nextSteps(context: Context, root: string, { lesson, verdict }: Judged): readonly NextCommand[] {
  const { command } = context
  const outcome = verdict.verdict
  const { progress } = readProgress(root)
  const number = lessonNumber(course, lesson)
  if (outcome === 'inconclusive') return [{ text: 'Once more', command: command(`check ${number}`) }]
  if (outcome === 'failed') {
    const { failures } = lessonProgress(progress, lesson.id)
    const hint = { text: 'A hint', command: command(`hint ${number}`) }
    const again = { text: 'Check again', command: command(`check ${number}`) }
    if (isStarter(root, lesson)) {
      const file = nearPath(context, lessonFile(root, lesson.id))
      return [{ text: 'Edit', command: file }, again, hint]
    }
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
