import { spawn } from '@lydell/node-pty'
import headless from '@xterm/headless'
import { onTestFinished } from 'vitest'
import { binary } from './bgtasks-learn.ts'

export const keys = {
  up: '\u001b[A',
  down: '\u001b[B',
  enter: '\r',
  escape: '\u001b',
  backspace: '\u007f',
  ctrlC: '\u0003',
  ctrlD: '\u0004',
  ctrlZ: '\u001a',
} as const

/** The real binary in a real terminal, and what an emulator shows of it. */
export interface Terminal {
  type(text: string): void
  /** Waits until the screen shows the text. */
  sees(text: string | RegExp): Promise<void>
  /** Waits until it no longer does. */
  loses(text: string): Promise<void>
  /** Waits until anything at all is written since something was typed. */
  stirs(): Promise<void>
  /** Waits until the text is written since something was typed, which the screen may have shown before. */
  writesAgain(text: string): Promise<void>
  /** The screen's lines without what is empty to the right and below. */
  screen(): string
  /** All that was scrolled out of it too. */
  everything(): string
  resize(columns: number, rows: number): void
  /** A screen of the program's own, beside the usual one. */
  isFullScreen(): boolean
  signal(name: 'SIGHUP' | 'SIGTERM'): void
  /** The exit code. */
  ends(): Promise<number>
  /** Every byte, escape codes included. */
  written(): string
  /** As a terminal is to be left: cursor shown, the usual screen, no mouse, keys as they were. */
  isLeftAsFound(): Promise<boolean>
}

export interface Place {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly columns?: number
  readonly rows?: number
  /** Another program than ours. */
  readonly program?: readonly [string, ...string[]]
}

/** Nobody waits so long for a program that works; a busy machine may take its time. */
const patienceMs = 30_000

export function openTerminal(args: readonly string[], place: Place): Terminal {
  const { cwd, env = {}, columns = 80, rows = 40 } = place
  const emulator = new headless.Terminal({ cols: columns, rows, scrollback: 2_000, allowProposedApi: true })
  const [file, ...rest] = place.program ?? [process.execPath, binary, ...args]
  const program = spawn(file, rest, {
    cwd,
    cols: columns,
    rows,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'xterm-256color', ...env },
  })
  let written = ''
  let typedAt = 0
  let code: number | undefined
  const looks = new Set<() => void>()
  const look = () => {
    for (const each of looks) each()
  }
  program.onData((text) => {
    written += text
    emulator.write(text, look)
  })
  program.onExit((end) => {
    // Behind all that was written: the emulator takes its time.
    emulator.write('', () => {
      code = end.exitCode
      look()
    })
  })
  // What an emulator answers when it is asked for the cursor's place, and the like.
  emulator.onData((answer) => program.write(answer))
  onTestFinished(async () => {
    // Asked, and waited for: killed while the folder goes, a server that is starting could stay behind.
    if (code === undefined) program.kill('SIGTERM')
    await until('the end', () => code !== undefined).finally(() => {
      if (code === undefined) program.kill('SIGKILL')
      emulator.dispose()
    })
  })

  async function until(what: string, reached: () => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const finish = (end: () => void) => {
        clearTimeout(timer)
        looks.delete(each)
        end()
      }
      const fail = (why: string) => finish(() => reject(new Error(`${why} ${what}:\n${everything()}`)))
      const each = () => {
        if (reached()) finish(resolve)
        else if (code !== undefined) fail(`Ended with ${code} before`)
      }
      const timer = setTimeout(() => fail('Waited for'), patienceMs)
      looks.add(each)
      each()
    })
  }

  function lines(from: number): string {
    const { active } = emulator.buffer
    const count = active.length - from
    const text = Array.from(
      { length: count },
      (_, index) => active.getLine(from + index)?.translateToString(true) ?? '',
    )
    return text.join('\n').trimEnd()
  }
  const screen = () => lines(emulator.buffer.active.viewportY)
  const everything = () => lines(0)

  return {
    type(text) {
      typedAt = written.length
      program.write(text)
    },
    stirs: () => until('any output', () => written.length > typedAt),
    writesAgain: (text) => until(`${text} once more`, () => written.includes(text, typedAt)),
    sees: (text) =>
      until(`${text}`, () => (typeof text === 'string' ? screen().includes(text) : text.test(screen()))),
    loses: (text) => until(`the end of "${text}"`, () => !screen().includes(text)),
    screen,
    everything,
    resize(newColumns, newRows) {
      emulator.resize(newColumns, newRows)
      program.resize(newColumns, newRows)
    },
    isFullScreen: () => emulator.buffer.active.type === 'alternate',
    signal: (name) => program.kill(name),
    async ends() {
      await until('the end', () => code !== undefined)
      return code!
    },
    written: () => written,
    async isLeftAsFound() {
      await new Promise<void>((resolve) => {
        emulator.write('', resolve)
      })
      const { bracketedPasteMode, mouseTrackingMode } = emulator.modes
      const shown = written.lastIndexOf('\u001b[?25h') >= written.lastIndexOf('\u001b[?25l')
      const usual = emulator.buffer.active.type === 'normal'
      return shown && usual && !bracketedPasteMode && mouseTrackingMode === 'none'
    },
  }
}
