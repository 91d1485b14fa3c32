import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Lesson } from '../check/lesson.ts'
import type { Trace } from '../check/trace.ts'
import { viewTrace } from '../check/trace-view.ts'
import { onDisk } from '../course/disk-error.ts'
import { lessonProgress, recordAsked } from '../course/progress.ts'
import { readProgress } from '../course/progress-file.ts'
import { starterContent, writeStarter } from '../course/starter.ts'
import { runProbe } from '../lab/run-probe.ts'
import { renderPrediction, renderPredictionCode } from '../ui/predict.ts'
import { askMenu } from '../ui/prompts.ts'
import { timelineOf } from '../ui/timeline-lanes.ts'
import { wrap } from '../ui/wrap.ts'
import { attended } from './attended.ts'
import type { Context } from './context.ts'

/** Whoever opens a lesson for the first time is asked; once. */
export function isPredictionDue(root: string, lesson: Lesson): boolean {
  const { passedAt, asked = false } = lessonProgress(readProgress(root).progress, lesson.id)
  return passedAt === undefined && !asked
}

/** A guess, then the starter run for real. Never scored, and can be skipped: then there is nothing to see, `false`. */
export async function predict(context: Context, root: string, lesson: Lesson): Promise<boolean> {
  const { stdout, stderr, stderrColour } = context
  const { choices, because } = lesson.prediction
  const starter = { name: 'app.ts', text: starterContent(join(lesson.id, 'app.ts')).toString('utf8') }
  stdout.write(`${renderPredictionCode(starter, context)}\n`)
  const guessed = await askGuess(context, lesson)
  recordAsked(root, lesson.id)
  if (guessed === undefined) return false
  stderr.write(`${stderrColour.dim('Running the starter to see …')}\n\n`)
  const trace = await attended(context, (own) => runStarter(own, root, lesson))
  if (trace === undefined) return true
  const replyMs = viewTrace(trace).reply('starter')?.ms
  const state = {
    choices: choices.map(({ text }) => text),
    guessed,
    fits: choices.findIndex(({ fits }) => fits(replyMs)),
    replyMs,
    because,
    timeline: timelineOf(trace),
  }
  stdout.write(renderPrediction(state, context))
  return true
}

/** The position of the choice; `undefined` for none. */
async function askGuess(context: Context, { prediction }: Lesson): Promise<number | undefined> {
  const { question, choices } = prediction
  const answer = await askMenu(context, {
    head: (screen) => wrap(question, screen),
    question: 'Your guess?',
    choices: [
      ...choices.map(({ text }, index) => ({
        // The reason stands below, where there is room for it.
        name: text.split(':')[0]!,
        detail: text,
        number: index + 1,
        value: String(index),
      })),
      { name: 'No guess today', value: 'none', apart: true },
    ],
    back: 'none',
  })
  return answer === 'none' ? undefined : Number(answer)
}

/** The starter as it was given, whatever the learner has made of it. In the sandbox, so that it finds its packages. */
async function runStarter(context: Context, root: string, lesson: Lesson): Promise<Trace> {
  const place = join(root, '.bgtasks', `predict-${process.pid}`)
  try {
    const lessonDir = onDisk(`write ${place}`, () => writeStarter(place, lesson.id))
    const { check, prediction } = lesson
    return await runProbe({
      lessonDir,
      files: check.files ?? [],
      probe: prediction.probe,
      signal: context.signal,
    })
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
