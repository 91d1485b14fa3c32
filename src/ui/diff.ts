import { structuredPatch } from 'diff'
import type { CodeFile } from './code.ts'
import type { Screen } from './screen.ts'

/** A unified diff from `yours` to the model answer; empty when they are the same. */
export function renderDiff(
  { yours, model }: { readonly yours: CodeFile; readonly model: CodeFile },
  screen: Screen,
): string {
  const { colour } = screen
  // What an editor does to line ends is nobody's answer.
  const [before, after] = [yours.text, model.text].map((text) => text.replaceAll('\r\n', '\n'))
  const { hunks } = structuredPatch(yours.name, model.name, before!, after!, undefined, undefined, {
    context: 3,
  })
  if (hunks.length === 0) return ''
  const lines = hunks.flatMap((hunk) => [
    colour.cyan(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`),
    ...hunk.lines.map((line) => paint(line, screen)),
  ])
  return [
    colour.bold(`--- yours: ${yours.name}`),
    colour.bold(`+++ model: ${model.name}`),
    ...lines,
    '',
  ].join('\n')
}

function paint(line: string, { colour }: Screen): string {
  if (line.startsWith('-')) return colour.red(line)
  return line.startsWith('+') ? colour.green(line) : line
}
