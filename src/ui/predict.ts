import { milliseconds } from '../check/trace-view.ts'
import type { CodeFile } from './code.ts'
import { renderCodeFile } from './code.ts'
import type { Screen } from './screen.ts'
import type { Timeline } from './timeline-model.ts'
import { renderTimeline } from './timeline.ts'
import { wrap } from './wrap.ts'

/** What a guess is about. */
export function renderPredictionCode(starter: CodeFile, screen: Screen): string {
  return `${screen.colour.bold('Before you begin, a guess. This is the starter:')}\n\n${renderCodeFile(starter, screen)}`
}

export interface PredictionState {
  readonly choices: readonly string[]
  /** Positions in `choices`. */
  readonly guessed: number
  readonly fits: number
  /** Absent when no reply came. */
  readonly replyMs: number | undefined
  readonly because: string
  readonly timeline: Timeline
}

/** What was measured, beside the guess; nobody is told off. */
export function renderPrediction(state: PredictionState, screen: Screen): string {
  const { choices, guessed, fits, replyMs, because, timeline } = state
  const { colour, plain } = screen
  const measured = replyMs === undefined ? 'No reply came.' : `The client waited ${milliseconds(replyMs)}.`
  const lines = choices.map((choice, index) => {
    const here = index === fits
    const text = wrap(`${choice}${index === guessed ? '  (your guess)' : ''}`, screen, '    ').slice(4)
    return `  ${here ? colour.green(plain ? '>' : '▶') : ' '} ${here ? colour.green(text) : colour.dim(text)}`
  })
  // A menu follows: what is nearest to it is sure to be on the screen.
  const parts = [
    renderTimeline(timeline, screen).trimEnd(),
    colour.bold(measured),
    lines.join('\n'),
    wrap(because, screen),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}
