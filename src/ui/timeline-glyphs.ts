import type { Screen } from './screen.ts'
import type { Mark, Span } from './timeline-shapes.ts'

/** The signs of a timeline. Each means one thing without any colour. */
export interface Glyphs {
  readonly travel: string
  readonly handler: string
  readonly reply: string
  readonly noReply: string
  readonly out: string
  readonly crossing: string
  readonly spans: Readonly<Record<Span['kind'], string>>
  readonly marks: Readonly<Record<Mark['kind'], string>>
  readonly before: { readonly wait: string; readonly reply: string; readonly written: string }
  readonly axis: { readonly line: string; readonly tick: string; readonly gap: string }
}

const drawn: Glyphs = {
  travel: '─',
  handler: '━',
  reply: '●',
  noReply: '✗',
  out: '│',
  crossing: '┼',
  spans: { delay: '┄', hold: '░', stall: '▓', writing: '─' },
  marks: { begun: '□', written: '■', printed: '▸', failed: '✗' },
  before: { wait: '╌', reply: '○', written: '▫' },
  axis: { line: '─', tick: '┴', gap: '╱╱' },
}

const typed: Glyphs = {
  travel: '-',
  handler: '=',
  reply: '*',
  noReply: 'x',
  out: '|',
  crossing: '+',
  spans: { delay: '.', hold: ':', stall: '%', writing: '-' },
  marks: { begun: 'o', written: '#', printed: '>', failed: 'x' },
  before: { wait: '-', reply: '*', written: '#' },
  axis: { line: '-', tick: '+', gap: '//' },
}

export function glyphsFor({ plain }: Pick<Screen, 'plain'>): Glyphs {
  return plain ? typed : drawn
}
