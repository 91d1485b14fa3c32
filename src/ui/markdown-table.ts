import type { Tokens } from 'marked'
import stringWidth from 'string-width'
import wrapAnsi from 'wrap-ansi'
import { renderInline } from './markdown-inline.ts'
import type { Screen } from './screen.ts'

/** Columns as wide as they need; where the screen has less, the widest give way and wrap. */
export function renderTable({ header, rows }: Tokens.Table, screen: Screen): string {
  const head = header.map((cell) => screen.colour.bold(renderInline(cell.tokens, screen)))
  const body = rows.map((row) => row.map((cell) => renderInline(cell.tokens, screen)))
  const widths = columnWidths([head, ...body], screen.width)
  const line = widths.map((width) => (screen.plain ? '-' : '─').repeat(width)).join('  ')
  return [
    renderRow(head, widths),
    screen.colour.dim(line),
    ...body.map((row) => renderRow(row, widths)),
  ].join('\n')
}

function columnWidths(rows: readonly (readonly string[])[], room: number): readonly number[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? ''))))
  const gaps = 2 * (widths.length - 1)
  while (widths.reduce((sum, width) => sum + width, gaps) > room && Math.max(...widths) > 8) {
    widths[widths.indexOf(Math.max(...widths))]! -= 1
  }
  return widths
}

function renderRow(cells: readonly string[], widths: readonly number[]): string {
  const wrapped = widths.map((width, column) =>
    wrapAnsi(cells[column] ?? '', width, { hard: true }).split('\n'),
  )
  const height = Math.max(...wrapped.map((lines) => lines.length))
  const lines = Array.from({ length: height }, (_, index) =>
    wrapped.map((column, at) => pad(column[index] ?? '', widths[at]!)).join('  '),
  )
  return lines.map((line) => line.trimEnd()).join('\n')
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}
