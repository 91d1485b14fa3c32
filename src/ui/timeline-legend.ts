import type { Screen } from './screen.ts'
import { glyphsFor } from './timeline-glyphs.ts'
import { wrap } from './wrap.ts'

/** What the signs mean that are seen. */
export function legendOf(signs: ReadonlySet<string>, screen: Screen): string {
  const { underWay, handler, reply, failed, out, spans, marks, before, axis } = glyphsFor(screen)
  const entries: readonly (readonly [string, string])[] = [
    [underWay, 'under way'],
    [handler, 'handler'],
    [reply, 'reply'],
    [out, 'response is out'],
    [spans.delay, 'delay'],
    [spans.hold, 'held by the check'],
    [spans.stall, 'blocked'],
    [marks.begun, 'write begins'],
    [marks.written, 'written'],
    [marks.printed, 'printed'],
    [failed, 'failed'],
    // A smaller drawing of the same: its row says how to read it.
    [before.wait + before.written + before.reply, 'previous run'],
    [axis.gap, 'shortened'],
  ]
  const shown = entries.flatMap(([all, meaning]) => {
    const seen = all
      .split('')
      .filter((sign) => signs.has(sign))
      .join('')
    return seen === '' ? [] : `${seen} ${meaning}`.replaceAll(' ', hard)
  })
  return screen.colour.dim(wrap(shown.join('  '), screen).replaceAll(hard, ' '))
}

const hard = '\u00a0'
