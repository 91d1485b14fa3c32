import type { TraceEvent } from '../check/trace.ts'
import type { LessonState } from '../ui/list.ts'
import { keysOf, type WatchAction } from '../ui/watch-keys.ts'
import type { Panel, Result, WatchedLesson, WatchState } from '../ui/watch-state.ts'
import { saysWait } from '../ui/watch-waits.ts'

/** All that can happen while watching. */
export type WatchEvent =
  | { readonly kind: 'key'; readonly key: string; readonly page: number }
  /** The lesson's files have changed and come to rest. */
  | { readonly kind: 'saved'; readonly file: string; readonly at: Date; readonly changed: boolean }
  | { readonly kind: 'check-began'; readonly run: number }
  /** Another process of ours, `pid`, runs this lesson, and has to end first. */
  | { readonly kind: 'check-waits'; readonly run: number; readonly pid: number }
  | { readonly kind: 'traced'; readonly run: number; readonly event: TraceEvent }
  /** Time goes by in a check. */
  | { readonly kind: 'tick'; readonly run: number; readonly now: number }
  | ({ readonly kind: 'check-ended'; readonly run: number; readonly result: Result } & Standing)
  | ({ readonly kind: 'lesson-opened'; readonly lesson: WatchedLesson; readonly panel: Panel } & Standing)
  | { readonly kind: 'panel-opened'; readonly panel: Panel }
  | { readonly kind: 'said'; readonly text: string }
  /** The terminal was resized, or is ours again. */
  | { readonly kind: 'screen-changed' }
  | { readonly kind: 'input-ended' }

/** What the learner's folder says of the lesson. */
export interface Standing {
  readonly lessons: readonly LessonState[]
  readonly failures: number
  readonly changed: boolean
  readonly hintsSeen: number
}

/** What is to be done outside. */
export type WatchEffect =
  | { readonly do: 'check' }
  | { readonly do: 'show'; readonly what: 'read' | 'solution' | 'diff' }
  | { readonly do: 'remember-hints'; readonly count: number }
  /** `number`: 1 for the first. */
  | { readonly do: 'open-lesson'; readonly number: number }
  | { readonly do: 'next-lesson' }
  | { readonly do: 'edit' }
  | { readonly do: 'run' }
  | { readonly do: 'reset' }
  | { readonly do: 'suspend' }
  | { readonly do: 'quit'; readonly code: number }

export interface Updated {
  readonly state: WatchState
  readonly effects: readonly WatchEffect[]
}

/** The one place where the state changes. Pure. */
export function update(state: WatchState, event: WatchEvent): Updated {
  switch (event.kind) {
    case 'key':
      return press(state, event)
    case 'saved': {
      const { file, at, changed } = event
      // Who saves wants to know what it did, whatever is on the screen.
      const shown = { ...state, changed, saved: { file, at }, panel: result, scroll: 0 }
      return { state: shown, effects: [{ do: 'check' }] }
    }
    case 'check-began':
      return plainly({ ...state, checking: { run: event.run, events: [], now: 0 } })
    case 'check-waits':
    case 'traced':
    case 'tick':
      return plainly(inRun(state, event))
    case 'check-ended': {
      if (state.checking?.run !== event.run) return plainly(state)
      return plainly({ ...state, ...standing(event), checking: undefined, result: event.result })
    }
    case 'lesson-opened': {
      const { lesson, panel } = event
      const opened = { ...state, ...standing(event), lesson, panel, scroll: 0 }
      return {
        state: { ...opened, result: undefined, saved: undefined, said: undefined },
        effects: [{ do: 'check' }],
      }
    }
    case 'panel-opened':
      return plainly({ ...state, panel: event.panel, scroll: 0 })
    case 'said':
      return plainly({ ...state, said: event.text })
    case 'screen-changed':
      return plainly(state)
    case 'input-ended':
      break
  }
  return { state, effects: [{ do: 'quit', code: 130 }] }
}

const result: Panel = { kind: 'result' }

function plainly(state: WatchState): Updated {
  return { state, effects: [] }
}

function standing({ lessons, failures, changed, hintsSeen }: Standing): Standing {
  return { lessons, failures, changed, hintsSeen }
}

function inRun(
  state: WatchState,
  event: Extract<WatchEvent, { readonly kind: 'check-waits' | 'traced' | 'tick' }>,
): WatchState {
  const { checking } = state
  if (checking?.run !== event.run) return state
  if (event.kind === 'tick') return { ...state, checking: { ...checking, now: event.now } }
  if (event.kind === 'check-waits') return { ...state, checking: { ...checking, behind: event.pid } }
  // Its turn has come, and time is counted from here.
  if (event.event.kind === 'start') {
    const { run, events } = checking
    return { ...state, checking: { run, events, now: event.event.at } }
  }
  if (!saysWait(event.event)) return state
  return { ...state, checking: { ...checking, events: [...checking.events, event.event] } }
}

type KeyEvent = Extract<WatchEvent, { readonly kind: 'key' }>

function press(state: WatchState, event: KeyEvent): Updated {
  const { key } = event
  if (key === 'ctrl-c') return { state, effects: [{ do: 'quit', code: 130 }] }
  if (key === 'ctrl-z') return { state, effects: [{ do: 'suspend' }] }
  const heard = { ...state, said: undefined }
  const name = key === 'escape' && state.panel.kind !== 'result' ? leaving(state.panel) : key
  const action = keysOf(state).find((offered) => offered.key === name)?.action
  if (action !== undefined) return act(heard, action)
  if (state.panel.kind === 'list')
    return plainly({ ...heard, panel: choose(state, state.panel.selected, key) })
  return plainly({ ...heard, scroll: scrolled(state.scroll, event) })
}

function leaving(panel: Panel): string {
  return panel.kind === 'reset' ? 'n' : 'q'
}

function act(state: WatchState, action: WatchAction): Updated {
  const { panel, lesson } = state
  const back = { ...state, panel: result, scroll: 0 }
  switch (action) {
    case 'check':
      return { state, effects: [{ do: 'check' }] }
    case 'hint': {
      // Those seen before, be it on another day, come back together with the next.
      const shown = Math.min(state.hintsSeen + 1, lesson.hints.length)
      return {
        state: { ...state, hintsSeen: shown, panel: { kind: 'hints', shown }, scroll: 'newest' },
        effects: [{ do: 'remember-hints', count: shown }],
      }
    }
    case 'solution':
    case 'diff':
    case 'read':
      return { state, effects: [{ do: 'show', what: action }] }
    case 'list':
      return plainly({ ...state, panel: { kind: 'list', selected: lesson.number }, scroll: 0 })
    case 'reset':
      return plainly({ ...state, panel: { kind: 'reset' }, scroll: 0 })
    case 'next':
      return { state, effects: [{ do: 'next-lesson' }] }
    case 'open':
      return panel.kind === 'list'
        ? { state: back, effects: [{ do: 'open-lesson', number: panel.selected }] }
        : plainly(back)
    case 'yes':
      return { state: back, effects: [{ do: 'reset' }] }
    case 'no':
    case 'back':
      return plainly(back)
    case 'edit':
    case 'run':
      return { state, effects: [{ do: action }] }
    case 'quit':
      break
  }
  return { state, effects: [{ do: 'quit', code: 0 }] }
}

function choose({ lessons }: WatchState, selected: number, key: string): Panel {
  const moved = { up: selected - 1, down: selected + 1, home: 1, end: lessons.length }[key] ?? Number(key)
  return { kind: 'list', selected: lessons[moved - 1] === undefined ? selected : moved }
}

function scrolled(before: WatchState['scroll'], { key, page }: KeyEvent): number {
  const from = before === 'newest' ? Infinity : before
  const to = {
    up: from - 1,
    down: from + 1,
    pageup: from - page,
    pagedown: from + page,
    space: from + page,
    home: 0,
    end: Infinity,
  }[key]
  return Math.max(0, to ?? from)
}
