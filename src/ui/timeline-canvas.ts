import stringWidth from 'string-width'
import type { Screen } from './screen.ts'

/** What a cell is about; the colour follows from it. */
export type Role = 'client' | 'before' | 'after' | 'outside' | 'failed' | 'quiet'

interface Cell {
  readonly text: string
  readonly role: Role
  /** To be read, and no sign that a legend explains. */
  readonly word?: boolean
}

/** One line of cells, painted over from left to right and back. */
export interface Strip {
  readonly columns: number
  readonly plain: boolean
  put(column: number, sign: string, role: Role): void
  /** From `from` to `to`, both painted. */
  fill(from: number, to: number, paint: { readonly sign: string; readonly role: Role }): void
  write(column: number, text: string, role: Role): void
  /** Nothing begins or ends between these columns. */
  isEven(from: number, to: number): boolean
  /** Those that are seen, and not painted over. */
  signs(): readonly string[]
  toString(): string
}

export function createStrip(columns: number, { colour, plain }: Screen): Strip {
  const cells: (Cell | undefined)[] = Array.from({ length: columns })
  const paints: Readonly<Record<Role, (text: string) => string>> = {
    client: colour.bold,
    before: colour.magenta,
    after: colour.green,
    outside: (text) => text,
    failed: colour.red,
    quiet: colour.dim,
  }
  const set = (column: number, cell: Cell) => {
    if (column >= 0 && column < columns) cells[column] = cell
  }
  const put = (column: number, text: string, role: Role) => set(column, { text, role })
  return {
    columns,
    plain,
    put,
    fill(from, to, { sign, role }) {
      for (let column = from; column <= to; column++) put(column, sign, role)
    },
    write(column, text, role) {
      let at = column
      for (const character of text) {
        const width = stringWidth(character)
        if (at + width > columns) break
        if (width > 0) set(at, { text: character, role, word: true })
        // The second half of a wide character: nothing may stand there.
        if (width === 2) set(at + 1, { text: '', role, word: true })
        at += width
      }
    },
    isEven: (from, to) => cells.slice(from, to + 1).every((cell) => cell?.text === cells[from]?.text),
    signs: () => cells.flatMap((cell) => (cell?.text === undefined || cell.word ? [] : cell.text)),
    toString() {
      const last = cells.findLastIndex((cell) => cell !== undefined)
      let line = ''
      let run: Cell = { text: '', role: 'outside' }
      for (const cell of cells.slice(0, last + 1)) {
        const { text, role } = cell ?? { text: ' ', role: 'outside' }
        if (role === run.role) run = { text: run.text + text, role }
        else {
          line += paints[run.role](run.text)
          run = { text, role }
        }
      }
      return line + paints[run.role](run.text)
    },
  }
}
