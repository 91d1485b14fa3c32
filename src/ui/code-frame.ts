import { codeFrameColumns } from '@babel/code-frame'
import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import type { Screen } from './screen.ts'

/** The line that `where` (`file:line`) names, with two lines around it; `undefined` where there is no such line. */
export function renderFrame(where: string, source: string, { colour, width }: Screen): string | undefined {
  const line = Number(where.slice(where.lastIndexOf(':') + 1))
  if (!(line >= 1 && line <= source.split('\n').length)) return undefined
  const options = {
    linesAbove: 2,
    linesBelow: 2,
    highlightCode: colour.level > 0,
    forceColor: colour.level > 0,
  }
  const frame = codeFrameColumns(source, { start: { line } }, options)
  return frame
    .split('\n')
    .map((text) => (stripVTControlCharacters(text).startsWith('>') ? text : cutTo(width - indent, text)))
    .join('\n')
}

/** Frames stand below what they are about. */
const indent = 2

/** Wrapped, code is hard to read. The line it is about stays whole; of the others, the rest is in the file. */
function cutTo(width: number, line: string): string {
  if (stringWidth(line) <= width) return line
  return `${wrapAnsi(line, width - 1, { hard: true, wordWrap: false, trim: false }).split('\n')[0]}…`
}
