import stringWidth from 'string-width'
import { stripVTControlCharacters } from 'node:util'
import { toAscii } from './ascii.ts'
import type { Screen } from './screen.ts'
import type { Label } from './timeline-shapes.ts'

/** A learner's words as one line that cannot move the cursor. */
export function printable(text: string, { plain }: Pick<Screen, 'plain'>): string {
  const line = stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}]/gu, ' ')
  return plain ? toAscii(line) : line
}

export function labelText(label: Label, columns: number, screen: Pick<Screen, 'plain'>): string {
  const text = printable(label.text, screen)
  if (label.kind === 'words') return cut(text, columns, screen)
  const [open, close] = screen.plain ? ['"', '"'] : ['“', '”']
  return `${open}${cut(text, columns - 2, screen)}${close}`
}

/** What does not fit ends in an ellipsis. */
export function cut(text: string, columns: number, { plain }: Pick<Screen, 'plain'>): string {
  if (stringWidth(text) <= columns) return text
  const ellipsis = plain ? '..' : '…'
  let kept = ''
  for (const character of text) {
    if (stringWidth(kept + character) > columns - ellipsis.length) break
    kept += character
  }
  return `${kept.trimEnd()}${ellipsis}`
}
