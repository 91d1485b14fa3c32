import { describe, expect, test } from 'vitest'
import { update, type WatchEvent } from '../../src/cli/watch-update.ts'
import { keysOf } from '../../src/ui/watch-keys.ts'
import type { WatchState } from '../../src/ui/watch-state.ts'
import { after, beginning, failed, judged, key, passed } from './watch-states.ts'

const effects = (state: WatchState, event: WatchEvent) =>
  update(state, event).effects.map((effect) => effect.do)
const offered = (state: WatchState) => keysOf(state).map((each) => each.key)

describe('the keys', () => {
  test('of a fresh start: nothing is earned, nothing can be reset', () => {
    expect(offered({ ...failed, changed: false })).toEqual(['h', 'c', 'r', 'e', 'u', 'l', 'q'])
  })

  test('after three failures the model answer is offered', () => {
    expect(offered({ ...failed, failures: 3 })).toEqual(expect.arrayContaining(['s', 'd', 'x']))
  })

  test('after a pass: on to the next, and no more hints', () => {
    expect(offered(passed)).toEqual(['n', 's', 'd', 'c', 'r', 'e', 'u', 'x', 'l', 'q'])
  })

  test('while a check runs nothing is passed yet', () => {
    expect(offered(after(passed, { kind: 'check-began', run: 2 }))).not.toContain('n')
  })

  test('in the hints: the next one while there is one', () => {
    expect(offered(after(failed, key('h')))).toEqual(['h', 'q', 'e'])
    expect(offered(after(failed, key('h'), key('h'), key('h')))).toEqual(['q', 'e'])
  })

  test('hints that were all shown can be looked at again until the lesson is passed', () => {
    const seen = after(failed, key('h'), key('h'), key('h'), key('q'))
    expect(seen.panel.kind).toBe('result')
    expect(after(seen, key('h')).panel).toEqual({ kind: 'hints', shown: 3 })
    expect(offered({ ...seen, result: judged('passed') })).not.toContain('h')
  })

  test('a key that is not offered does nothing', () => {
    expect(effects(failed, key('n'))).toEqual([])
    expect(effects(failed, key('s'))).toEqual([])
    expect(effects(passed, key('n'))).toEqual(['next-lesson'])
  })
})

describe('events', () => {
  const saved = { kind: 'saved', file: 'app.ts', at: new Date(), changed: true } as const
  const standing = { lessons: beginning.lessons, failures: 0, changed: true, hintsSeen: 0 }

  test('a save is judged, whatever is on the screen', () => {
    const reading = after(failed, { kind: 'panel-opened', panel: { kind: 'read', markdown: '# Text' } })
    expect(effects(reading, saved)).toEqual(['check'])
    expect(after(reading, saved).panel.kind).toBe('result')
    expect(after(failed, key('h'), saved)).toMatchObject({ panel: { kind: 'result' }, scroll: 0 })
  })

  test('what a cancelled check still tells is not heard', () => {
    const running = after(failed, { kind: 'check-began', run: 2 }, { kind: 'check-began', run: 3 })
    const late = { kind: 'check-ended', run: 2, result: judged('passed')!, ...standing } as const
    expect(after(running, late)).toEqual(running)
    expect(after(running, { ...late, run: 3 }).result).toEqual(late.result)
  })

  test('hints seen on another day come back with the next one', () => {
    const pressed = update({ ...failed, hintsSeen: 1 }, key('h'))
    expect(pressed.state.panel).toEqual({ kind: 'hints', shown: 2 })
    expect(pressed.effects).toEqual([{ do: 'remember-hints', count: 2 }])
  })

  test('a reset asks first', () => {
    expect(effects(failed, key('x'))).toEqual([])
    expect(effects(after(failed, key('x')), key('n'))).toEqual([])
    expect(effects(after(failed, key('x')), key('y'))).toEqual(['reset'])
  })

  test('in a text q goes back, and only then leaves', () => {
    const reading = after(failed, { kind: 'panel-opened', panel: { kind: 'read', markdown: '# Text' } })
    expect(effects(reading, key('q'))).toEqual([])
    expect(update(after(reading, key('q')), key('q')).effects).toEqual([{ do: 'quit', code: 0 }])
  })

  test('Ctrl-C leaves from everywhere', () => {
    for (const state of [failed, after(failed, key('x')), after(failed, key('l'))])
      expect(update(state, key('ctrl-c')).effects).toEqual([{ do: 'quit', code: 130 }])
  })
})
