import { renderCodeFile } from './code.ts'
import { renderDiff } from './diff.ts'
import { hintTexts } from './hints.ts'
import { stateMark } from './list.ts'
import { renderMarkdown } from './markdown.ts'
import type { Screen } from './screen.ts'
import type { Panel, WatchState } from './watch-state.ts'
import { wrap } from './wrap.ts'

/** What was asked for by a key, in the place of the result; parts, with a line between them. */
export function panelParts(
  panel: Exclude<Panel, { kind: 'result' }>,
  state: WatchState,
  screen: Screen,
): readonly string[] {
  switch (panel.kind) {
    case 'read':
      return [renderMarkdown(panel.markdown, screen)]
    case 'solution':
      return panel.files.map((file) => renderCodeFile(file, screen))
    case 'diff': {
      const diffs = panel.pairs.map((pair) => renderDiff(pair, screen)).join('')
      return [diffs || 'Yours and the model answer are the same.']
    }
    case 'hints':
      return hintTexts({ hints: state.lesson.hints, from: 0, to: panel.shown }, screen)
    case 'list':
      return [renderChoice(state, panel.selected, screen)]
    case 'reset':
      break
  }
  const question = `Reset lesson ${state.lesson.number} to the starter? What you wrote is backed up first, and can be brought back.`
  return [wrap(question, screen)]
}

function renderChoice({ lessons }: WatchState, selected: number, screen: Screen): string {
  const { colour, plain } = screen
  const lines = lessons.map((lesson) => {
    const here = lesson.number === selected
    const title = here ? colour.cyan(lesson.title) : lesson.title
    return `${here ? colour.cyan(plain ? '>' : '❯') : ' '} ${stateMark(lesson, screen)} ${lesson.number}  ${title}`
  })
  const how = colour.dim(plain ? 'up, down or its number' : '↑↓ or its number')
  return `${colour.bold('Which lesson?')}  ${how}\n\n${lines.join('\n')}`
}
