import { codeFrameColumns } from '@babel/code-frame'
import type { Screen } from './screen.ts'

/** The line that `where` (`file:line`) names, with two lines around it; `undefined` where there is no such line. */
export function renderFrame(where: string, source: string, { colour }: Screen): string | undefined {
  const line = Number(where.slice(where.lastIndexOf(':') + 1))
  if (!(line >= 1 && line <= source.split('\n').length)) return undefined
  return codeFrameColumns(
    source,
    { start: { line } },
    { linesAbove: 2, linesBelow: 2, highlightCode: colour.level > 0, forceColor: colour.level > 0 },
  )
}
