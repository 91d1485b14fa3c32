import type { Context } from './context.ts'

/** Lines on stderr for as long as something takes; where they cannot be drawn over, only the first of them. */
export interface ProgressLines {
  /** A sentence that stays. */
  say(text: string): void
  /** The lines are gone. */
  end(): void
}

const drawMs = 200
const csi = '\u001b['

/** Shown where somebody waits at a terminal. `lines` is asked again and again. */
export function showProgress(context: Context, lines: () => readonly string[]): ProgressLines {
  const { interactive, plain, stderr, stderrWidth } = context
  const say = (text: string) => stderr.write(`${text}\n`)
  if (!interactive || stderrWidth === Infinity) return { say, end: () => undefined }
  if (plain) {
    say(lines()[0] ?? '')
    return { say, end: () => undefined }
  }

  let drawn = 0
  function replace(text: string): void {
    stderr.write(`${drawn === 0 ? '' : `${csi}${drawn}F${csi}J`}${text}`)
  }
  function draw(said = ''): void {
    const now = lines()
    replace(`${said}${now.map((line) => `${line}\n`).join('')}`)
    drawn = now.length
  }
  const timer = setInterval(() => draw(), drawMs)
  draw()
  return {
    say: (text) => draw(`${text}\n`),
    end() {
      clearInterval(timer)
      replace('')
    },
  }
}
