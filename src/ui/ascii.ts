import { stripVTControlCharacters } from 'node:util'

/** `text` for a terminal that shows ASCII only. What has no likeness becomes a question mark. */
export function toAscii(text: string): string {
  const bare = stripVTControlCharacters(text)
  if (/^[\0-\x7f]*$/.test(bare)) return bare
  const alike = bare.replace(/[^\0-\x7f]/gu, (character) => likeness[character] ?? character)
  return alike
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\0-\x7f]/gu, '?')
}

/** None is longer than it must be, so that columns stay in line where one character can do. */
const likeness: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '→': '->',
  '←': '<-',
  '·': '.',
  '•': '*',
  '✓': '+',
  '✔': '+',
  '✗': 'x',
  '✘': 'x',
  '×': 'x',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '░': '-',
  '█': '#',
  '━': '=',
  '─': '-',
  '│': '|',
  '┌': '+',
  '┐': '+',
  '└': '+',
  '┘': '+',
  '├': '+',
  '┤': '+',
  '┬': '+',
  '┴': '+',
  '┼': '+',
  '▶': '>',
  '❯': '>',
  '●': '*',
  '○': 'o',
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  æ: 'ae',
  Æ: 'AE',
  '\u00a0': ' ',
}
