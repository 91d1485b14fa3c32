import type { Trace } from '../check/trace.ts'
import type { Note, Step, Verdict } from '../check/verdict.ts'
import { decisiveStep } from '../check/judge.ts'
import { renderFrame } from './code-frame.ts'
import { curlLine } from './curl.ts'
import { mistakeTexts, noteTexts } from './mistakes.ts'
import type { Screen } from './screen.ts'
import type { Timeline } from './timeline-model.ts'
import { renderTimeline } from './timeline.ts'
import { wrap } from './wrap.ts'

export interface VerdictState {
  readonly lesson: { readonly number: number; readonly title: string }
  readonly verdict: Verdict
  readonly trace: Trace
  /** Drawn below the steps. */
  readonly timeline?: Timeline
  /** The text of a file of the learner's, by its path in the lesson folder. */
  readonly source: (file: string) => string | undefined
  /** The lesson folder as the learner would type it. */
  readonly folder: string
  /** The same, absolute: for links. */
  readonly folderPath?: string
  /** What the learner may not be aware of, in sentences. */
  readonly remark?: string | undefined
  /** Commands to go on with, each with what it is for. */
  readonly next: readonly NextCommand[]
  /** Which end of it is seen first: what decides stands there. */
  readonly seenFrom: 'top' | 'end'
}

export interface NextCommand {
  readonly text: string
  readonly command: string
}

/** A whole verdict: every step a line, the decisive one in full, then where to go from here. */
export function renderVerdict(state: VerdictState, screen: Screen): string {
  const { verdict, seenFrom } = state
  const decisive = decisiveStep(verdict)
  const inFull = decisive && renderDecisive(decisive, state, screen)
  const steps = foldSkipped(verdict.steps).map((step) =>
    step === decisive && seenFrom === 'top' ? `${inFull}\n` : renderStep(step, screen),
  )
  const notes = verdict.notes.map((note) => renderNote(note, state, screen))
  const timeline = state.timeline && renderTimeline(state.timeline, screen).trimEnd()
  const parts = [
    heading(state, screen),
    steps.join('\n').trimEnd(),
    ...(seenFrom === 'top' ? [...notes, timeline] : [timeline, inFull, ...notes]),
    seenFrom === 'end' && verdict.verdict === 'passed' && passedLine(state, screen),
    state.remark && screen.colour.yellow(wrap(state.remark, screen)),
    renderNext(state.next, screen),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** Once more: the heading may have gone off the screen by now. */
function passedLine({ lesson }: VerdictState, { colour }: Screen): string {
  return colour.green(`✓ Lesson ${lesson.number} passed`)
}

function heading({ lesson, verdict }: VerdictState, { colour }: Screen): string {
  const name = colour.bold(`Lesson ${lesson.number}: ${lesson.title}`)
  if (verdict.verdict === 'passed') return `${name}  ${colour.green.bold('✓ passed')}`
  if (verdict.verdict === 'failed') return `${name}  ${colour.red.bold('✗ not yet')}`
  return `${name}  ${colour.yellow.bold('? undecided')}`
}

/** Three or more steps in a row that could not be judged become one line: each says nothing. */
function foldSkipped(steps: readonly Step[]): readonly Step[] {
  const runs: Step[][] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (step.status === 'skipped' && last?.[0]?.status === 'skipped') last.push(step)
    else runs.push([step])
  }
  return runs.flatMap((run) =>
    run.length < 3 ? run : { status: 'skipped', title: `${run.length} steps could not be judged` },
  )
}

const marks = { passed: '✓', failed: '✗', inconclusive: '?', skipped: '·' } as const

function renderStep({ status, title, mistake }: Step, screen: Screen): string {
  const { colour } = screen
  const paint = {
    passed: colour.green,
    failed: colour.red,
    inconclusive: colour.yellow,
    skipped: colour.dim,
  }[status]
  const name = mistake === undefined ? '' : colour.dim(`  ${mistake}`)
  return `${paint(marks[status])} ${status === 'skipped' ? colour.dim(title) : title}${name}`
}

function renderDecisive(step: Step, state: VerdictState, screen: Screen): string {
  const { colour } = screen
  const text = step.mistake && mistakeTexts[step.mistake]
  const asked =
    step.request === undefined
      ? undefined
      : state.trace.events.find((event) => {
          return event.kind === 'request' && event.request === step.request
        })
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Asked', asked?.kind === 'request' ? curlLine(asked) : undefined],
    ['Expected', step.expected],
    ['Seen', step.actual],
  ]
  const parts = [
    step.detail && wrap(step.detail, screen, '  '),
    rows
      .flatMap(([name, value]) => (value === undefined ? [] : [`  ${colour.dim(name.padEnd(8))}  ${value}`]))
      .join('\n'),
    (step.from ?? step.where) && renderWhere(step.from ?? step.where!, state, screen),
    text && wrap(`${text.what} ${text.why}`, screen, '  '),
    text && wrap(`Try: ${step.next ?? text.next}`, screen, '  '),
  ]
  return `${renderStep(step, screen)}\n\n${parts.filter(Boolean).join('\n\n')}`
}

function renderWhere(where: string, { source, folder, folderPath }: VerdictState, screen: Screen): string {
  const file = where.slice(0, where.lastIndexOf(':'))
  const text = source(file)
  const frame = text === undefined ? undefined : renderFrame(where, text, screen)
  const shown = `${folder}/${where}`
  const linked = folderPath === undefined ? undefined : screen.link?.(shown, `${folderPath}/${file}`)
  const place = `  ${screen.colour.cyan(linked ?? shown)}`
  return frame === undefined ? place : `${place}\n${frame.replace(/^/gm, '  ')}`
}

function renderNote(note: Note, state: VerdictState, screen: Screen): string {
  const head = `${screen.colour.yellow('!')} ${noteTexts[note.note]}  ${screen.colour.dim(note.note)}`
  const where = note.where === undefined ? '' : `\n\n${renderWhere(note.where, state, screen)}`
  return `${head}\n${wrap(note.detail, screen, '  ')}${where}`
}

export function renderNext(next: readonly NextCommand[], { colour }: Screen): string {
  const widest = Math.max(0, ...next.map(({ text }) => text.length))
  return next
    .map(({ text, command }) => `${colour.dim(`${text}:`.padEnd(widest + 1))} ${colour.cyan(command)}`)
    .join('\n')
}
