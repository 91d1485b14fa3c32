import wrapAnsi from 'wrap-ansi'
import type { Screen } from './screen.ts'

/** Longer lines are hard to read however wide the terminal is. */
const readableColumns = 100

export function textColumns({ width }: Pick<Screen, 'width'>): number {
  return Math.max(20, Math.min(width, readableColumns))
}

/** Wraps at words; `indent` stands before every line. Paths and commands longer than a line stay whole. */
export function wrap(text: string, screen: Pick<Screen, 'width'>, indent = ''): string {
  const wrapped = wrapAnsi(text, textColumns(screen) - indent.length, { hard: false, trim: false })
  return wrapped
    .split('\n')
    .map((line) => `${indent}${line.trimEnd()}`.trimEnd())
    .join('\n')
}
