import wrapAnsi from 'wrap-ansi'
import type { Screen } from './screen.ts'

/** Longer lines are hard to read however wide the terminal is. */
const readableColumns = 100

export function textColumns({ width }: Pick<Screen, 'width'>): number {
  return Math.max(20, Math.min(width, readableColumns))
}

/** Wraps at words; `indent` stands before every line. What stands in backticks stays on one line, to be copied. */
export function wrap(text: string, screen: Pick<Screen, 'width'>, indent = ''): string {
  if (screen.width === Infinity) return text
  const held = text.replace(/`[^`\n]*`/g, (code) => code.replaceAll(' ', noBreak))
  const wrapped = wrapAnsi(held, textColumns(screen) - indent.length, { hard: false })
  return wrapped
    .replaceAll(noBreak, ' ')
    .split('\n')
    .map((line) => `${indent}${line.trimEnd()}`.trimEnd())
    .join('\n')
}

const noBreak = '\u00a0'
