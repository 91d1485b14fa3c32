import stringWidth from 'string-width'
import { milliseconds } from '../check/trace-view.ts'
import type { Screen } from './screen.ts'
import { wrap } from './wrap.ts'

/** The course, passed whole in one go. */
export interface FinishState {
  readonly lessons: readonly FinishedLesson[]
  readonly totals: Totals
  readonly read: readonly Pointer[]
  readonly build: readonly string[]
}

export interface FinishedLesson {
  readonly number: number
  readonly title: string
  /** Of the request with the longest work after its reply; absent where a lesson has none. */
  readonly proof?: {
    /** Until the client had the reply, in milliseconds. */
    readonly waitedMs: number
    /** From the reply on until its last task was done. */
    readonly afterMs: number
  }
}

interface Totals {
  readonly requests: number
  /** Milliseconds, of all requests together. */
  readonly waitedMs: number
  readonly lines: number
}

interface Pointer {
  readonly what: string
  readonly where: string
}

/** What each lesson proved, with the figures of this run, and where to go from here. */
export function renderFinish(state: FinishState, screen: Screen): string {
  const { colour } = screen
  const { lessons, totals, read, build } = state
  const parts = [
    banner(lessons.length, screen),
    proofs(lessons, screen),
    wrap(totalsText(totals), screen),
    [colour.bold('To read next'), ...read.map((pointer) => renderPointer(pointer, screen))].join('\n'),
    [colour.bold('To build next'), ...build.map((text) => bullet(text, screen))].join('\n'),
  ]
  return `${parts.join('\n\n')}\n`
}

function banner(count: number, screen: Screen): string {
  const { colour, plain } = screen
  const text = `You are through: all ${count} lessons, judged together`
  const line = (plain ? '=' : '━').repeat(frameWidth(screen))
  return [colour.green(line), colour.green.bold(`  ${text}`), colour.green(line)].join('\n')
}

const widest = 80

function frameWidth({ width }: Screen): number {
  return Math.min(width, widest)
}

/** A table: how long the client waited, and how long the work went on after its reply. */
function proofs(lessons: readonly FinishedLesson[], screen: Screen): string {
  const { colour, plain } = screen
  const longest = Math.max(1, ...lessons.map(({ proof }) => proof?.afterMs ?? 0))
  const titles = Math.max(...lessons.map(({ title }) => stringWidth(title)))
  const bar = Math.max(0, frameWidth(screen) - titles - columns)
  const head = `${' '.repeat(titles + 5)}${'waited'.padStart(figure)}  then worked`
  const rows = lessons.map(({ number, title, proof }) => {
    const mark = `${colour.green(plain ? '+' : '✓')} ${String(number).padEnd(2)}`
    const name = `${mark} ${title}${' '.repeat(titles - stringWidth(title))}`
    if (proof === undefined) return name.trimEnd()
    const cells = Math.round((proof.afterMs / longest) * bar)
    const drawn = cells === 0 ? '' : `${colour.cyan((plain ? '#' : '█').repeat(cells))} `
    return `${name}${milliseconds(proof.waitedMs).padStart(figure)}  ${drawn}${milliseconds(proof.afterMs)}`
  })
  return [colour.dim(head), ...rows].join('\n')
}

/** Room for `999 ms`. */
const figure = 8
/** All but the title and the bar: mark, number, gaps and two figures. */
const columns = 5 + figure + 2 + 1 + figure

function totalsText({ requests, waitedMs, lines }: Totals): string {
  return (
    `In this run ${requests} requests were answered, after ${milliseconds(waitedMs / Math.max(1, requests))} ` +
    `on average, and ${lines} lines were logged. No reply waited for a task.`
  )
}

function renderPointer({ what, where }: Pointer, screen: Screen): string {
  return `${bullet(what, screen)}\n    ${screen.colour.cyan(where)}`
}

function bullet(text: string, screen: Screen): string {
  const wrapped = wrap(text, { width: frameWidth(screen) }, '    ')
  return wrapped.replace(/^ {4}/, screen.plain ? '  * ' : '  • ')
}
