import stringWidth from 'string-width'
import type { Screen } from './screen.ts'
import { hasPassed, type WatchState } from './watch-state.ts'

export type WatchAction =
  | 'next'
  | 'check'
  | 'hint'
  | 'solution'
  | 'diff'
  | 'read'
  | 'edit'
  | 'run'
  | 'reset'
  | 'list'
  | 'quit'
  | 'back'
  | 'open'
  | 'yes'
  | 'no'

export interface WatchKey {
  readonly key: string
  /** Shown beside the key. */
  readonly label: string
  readonly action: WatchAction
}

/** The keys that make sense now: those shown are those that work. */
export function keysOf(state: WatchState): readonly WatchKey[] {
  switch (state.panel.kind) {
    case 'result':
      return resultKeys(state)
    case 'read':
    case 'solution':
    case 'diff':
      return [key('q', 'back', 'back'), key('e', 'edit', 'edit')]
    case 'hints':
      return [
        ...when(state.panel.shown < state.lesson.hints.length, key('h', 'next hint', 'hint')),
        key('q', 'back', 'back'),
        key('e', 'edit', 'edit'),
      ]
    case 'list':
      return [key('enter', 'open', 'open'), key('q', 'back', 'back')]
    case 'reset':
      break
  }
  return [key('y', 'yes, the starter again', 'yes'), key('n', 'no', 'no')]
}

/** How often a check has to fail before the model answer is offered. */
const fairTries = 3

function resultKeys(state: WatchState): readonly WatchKey[] {
  const { lesson, lessons, hintsSeen, checking } = state
  const passed = hasPassed(state)
  const last = lessons.every((each) => each.passed)
  const earned = passed || state.failures >= fairTries || lessons[lesson.number - 1]?.passed === true
  return [
    ...when(passed && checking === undefined, key('n', last ? 'finish' : 'next lesson', 'next')),
    // When all were shown, they can still be looked at again.
    ...when(!passed, key('h', hintsSeen < lesson.hints.length ? 'hint' : 'hints', 'hint')),
    ...when(earned, key('s', 'solution', 'solution'), key('d', 'diff', 'diff')),
    key('c', 'check again', 'check'),
    key('r', 'read', 'read'),
    key('e', 'edit', 'edit'),
    key('u', 'run', 'run'),
    ...when(state.changed, key('x', 'reset', 'reset')),
    key('l', 'list', 'list'),
    key('q', 'quit', 'quit'),
  ]
}

function when(condition: boolean, ...keys: readonly WatchKey[]): readonly WatchKey[] {
  return condition ? keys : []
}

function key(name: string, label: string, action: WatchAction): WatchKey {
  return { key: name, label, action }
}

/** One line, more where the screen is narrow: a key is never cut off. */
export function renderKeys(
  keys: readonly Pick<WatchKey, 'key' | 'label'>[],
  screen: Screen,
): readonly string[] {
  const { colour, plain } = screen
  const lines: { text: string; width: number }[] = []
  for (const { key: name, label } of keys) {
    const text = plain ? `[${name}] ${label}` : `${colour.cyan.bold(name)} ${label}`
    const width = stringWidth(text)
    const line = lines.at(-1)
    if (line !== undefined && line.width + gap.length + width <= screen.width) {
      line.text += gap + text
      line.width += gap.length + width
    } else lines.push({ text, width })
  }
  return lines.map(({ text }) => text)
}

const gap = '  '
