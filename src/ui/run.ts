import type { TraceEvent } from '../check/trace.ts'
import { milliseconds } from '../check/trace-view.ts'
import { playPort } from './curl.ts'
import type { Screen } from './screen.ts'
import { wrap } from './wrap.ts'

export interface RunState {
  readonly lesson: { readonly number: number; readonly title: string }
  readonly port: number
  /** Lines for a shell. */
  readonly curls: readonly string[]
  /** How to end it. */
  readonly ends: string
}

/** What is said once, before anything happens. */
export function renderRunHead({ lesson, port, curls, ends }: RunState, screen: Screen): string {
  const { colour } = screen
  const address = `http://127.0.0.1:${port}`
  return [
    `${colour.bold(`Lesson ${lesson.number}: ${lesson.title}`)}  ${address}`,
    '',
    wrap('To type in another terminal:', screen),
    // Never wrapped, so that they can be copied.
    ...curls.map((line) => `  ${colour.cyan(line)}`),
    '',
    colour.dim(wrap(`Saving restarts the server. ${ends}`, screen)),
    '',
  ].join('\n')
}

/** The `curl` lines of a lesson's “Try it”, for this port. */
export function curlsOf(markdown: string, port: number): readonly string[] {
  const [, section = ''] = markdown.split(/^## Try it$/m)
  const [own = ''] = section.split(/^## /m)
  return own
    .split('\n')
    .filter((line) => line.startsWith('curl '))
    .map((line) => line.replace(`127.0.0.1:${playPort}`, `127.0.0.1:${port}`))
}

/** A line for what shows as it happens; `undefined` for what the timeline tells, or nobody asks. */
export function renderRunEvent(event: TraceEvent, screen: Screen): string | undefined {
  const { colour, plain } = screen
  const beside = (name: string, text: string) => {
    const bar = plain ? '|' : '│'
    return `${colour.dim(`${name.padEnd(8)}${bar}`)} ${text}`
  }
  switch (event.kind) {
    case 'ready':
      return colour.green(`The server is up, after ${milliseconds(event.startUpMs)}.`)
    case 'request':
      return `${colour.bold(event.request)}  ${event.method} ${event.path}`
    case 'reply':
      return `${colour.bold(event.request)}  ${painted(event.status, screen)} after ${milliseconds(event.ms)}`
    case 'no-reply':
      return `${colour.bold(event.request)}  ${colour.red('the connection closed before the reply was out')}`
    case 'line':
      return beside(event.file, event.text)
    case 'console':
      return beside(event.stream === 'stdout' ? 'console' : 'stderr', event.text)
    default:
      return undefined
  }
}

function painted(status: number, { colour }: Screen): string {
  return status < 400 ? colour.green(String(status)) : colour.red(String(status))
}

export function renderRestart(file: string, { colour }: Screen): string {
  return `\n${colour.cyan(`${file} was saved: starting again …`)}`
}

export function renderDown({ colour }: Screen): string {
  return colour.yellow('The server is down. The next save starts it again.')
}
