import { emitKeypressEvents, type Key } from 'node:readline'
import type { Viewport } from '../ui/watch.ts'
import type { Context } from './context.ts'

export interface TerminalHandlers {
  /** `a`, `3`, `enter`, `up`, `ctrl-c`: what was pressed, by name. */
  readonly onKey: (key: string) => void
  /** Another size, or ours again after it was lent or suspended: what stood there is gone. */
  readonly onChange: () => void
  /** No more keys will come. */
  readonly onEnd: () => void
}

/** The terminal while keys are read one by one. Whoever opens it must close it. */
export interface TerminalSession {
  viewport(): Viewport
  /** Shows the frame; only what differs from the last one is written. */
  draw(frame: string): void
  /** As it was found, for as long as something else uses it. */
  lend<T>(use: () => Promise<T>): Promise<T>
  /** Back to the shell, until the shell lets us go on. */
  suspend(): void
  close(): void
}

const csi = '\u001b['
/** The alternate screen, so that the learner's own comes back as it was; no cursor. */
const enterFull = `${csi}?1049h${csi}?25l${csi}2J`
const leaveFull = `${csi}?25h${csi}?1049l`
/** Terminals that know it show the frame in one go; the others ignore it. */
const [beginFrame, endFrame] = [`${csi}?2026h`, `${csi}?2026l`]

/** How long a stop may take to take effect. */
const stopMs = 100

/**
 * `full`: draws on the whole screen. Else, and with --plain, keys are all that is taken and output is
 * only ever added to.
 */
export function openTerminal(
  context: Context,
  handlers: TerminalHandlers,
  { full }: { readonly full: boolean },
): TerminalSession {
  const { input, output } = context.terminal
  const drawsOver = full && !context.plain
  let entered = false
  let drawn: readonly string[] = []

  function enter(): void {
    if (entered) return
    entered = true
    emitKeypressEvents(input)
    input.on('keypress', pressed)
    input.once('end', handlers.onEnd)
    input.setRawMode?.(true)
    input.resume()
    output.on('resize', resized)
    // Whatever ends the process, the terminal is left as it was found.
    process.once('exit', leave)
    if (process.platform !== 'win32') {
      process.on('SIGTSTP', suspend)
      process.on('SIGCONT', continued)
    }
    if (drawsOver) output.write(enterFull)
    drawn = []
  }

  function leave(): void {
    if (!entered) return
    entered = false
    input.off('keypress', pressed)
    input.off('end', handlers.onEnd)
    output.off('resize', resized)
    process.off('exit', leave)
    if (process.platform !== 'win32') {
      process.off('SIGTSTP', suspend)
      process.off('SIGCONT', continued)
    }
    if (drawsOver) output.write(leaveFull)
    try {
      input.setRawMode?.(false)
    } catch {
      // A terminal that was closed has no mode to go back to.
    }
    input.pause()
  }

  function pressed(text: string | undefined, key: Key): void {
    const name = key.name ?? text
    // Escape itself counts as a key with Alt.
    if (name === undefined || (key.meta === true && name !== 'escape')) return
    if (key.ctrl === true) handlers.onKey(`ctrl-${name}`)
    else handlers.onKey(name === 'return' ? 'enter' : name)
  }

  function resized(): void {
    if (drawsOver) output.write(`${csi}2J`)
    drawn = []
    handlers.onChange()
  }

  /** The whole job stops, npx with it. Where no shell waits the system ignores that, and we go on. */
  function suspend(): void {
    if (!entered || process.platform === 'win32') return
    leave()
    process.kill(0, 'SIGTSTP')
    setTimeout(goOn, stopMs)
  }

  /** Stopped and continued from outside: the shell has drawn and set its own modes meanwhile. */
  function continued(): void {
    leave()
    goOn()
  }

  function goOn(): void {
    enter()
    handlers.onChange()
  }

  enter()
  return {
    viewport: () => ({
      width: output.columns ?? context.width,
      rows: drawsOver ? (output.rows ?? 24) : Infinity,
      colour: context.colour,
      plain: context.plain,
      ...(context.link === undefined ? {} : { link: context.link }),
    }),
    draw(frame) {
      if (!entered) return
      const lines = frame.split('\n')
      if (drawsOver) output.write(difference(drawn, lines))
      else if (frame !== drawn.join('\n')) context.stdout.write(`\n${frame}\n`)
      drawn = lines
    },
    async lend(use) {
      leave()
      try {
        return await use()
      } finally {
        goOn()
      }
    },
    suspend,
    close: leave,
  }
}

/** The codes and text that turn the lines `before` into those of `after`. */
function difference(before: readonly string[], after: readonly string[]): string {
  const changed = after.flatMap((line, row) =>
    line === before[row] ? [] : [`${csi}${row + 1};1H${line}${csi}0m${csi}K`],
  )
  if (after.length < before.length) changed.push(`${csi}${after.length + 1};1H${csi}J`)
  return changed.length === 0 ? '' : `${beginFrame}${changed.join('')}${endFrame}`
}
