import type { Screen } from './screen.ts'
import type { Mark, Span } from './timeline-shapes.ts'

/** The signs of a timeline. Each means one thing without any colour, and stands in the legend with it. */
export interface Glyphs {
  /** A request on its way to its handler, a reply to its client, a write to its end. */
  readonly underWay: string
  readonly handler: string
  readonly reply: string
  readonly failed: string
  readonly out: string
  readonly spans: Readonly<Record<Span['kind'], string>>
  readonly marks: Readonly<Record<Mark['kind'], string>>
  readonly before: { readonly wait: string; readonly reply: string; readonly written: string }
  readonly axis: { readonly line: string; readonly tick: string; readonly gap: string }
}

const drawn: Glyphs = {
  underWay: '─',
  handler: '━',
  reply: '●',
  failed: '✗',
  out: '│',
  spans: { delay: '┄', hold: '░', stall: '▓', writing: '─' },
  marks: { begun: '□', written: '■', printed: '▸', failed: '✗' },
  before: { wait: '╌', reply: '○', written: '▫' },
  axis: { line: '─', tick: '┴', gap: '╱╱' },
}

const typed: Glyphs = {
  underWay: '-',
  handler: '=',
  reply: '*',
  failed: 'x',
  out: '|',
  spans: { delay: '.', hold: ':', stall: '%', writing: '-' },
  marks: { begun: 'o', written: '#', printed: '>', failed: 'x' },
  before: { wait: '_', reply: '@', written: '+' },
  axis: { line: '-', tick: '+', gap: '//' },
}

export function glyphsFor({ plain }: Pick<Screen, 'plain'>): Glyphs {
  return plain ? typed : drawn
}
