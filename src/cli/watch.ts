import { EventEmitter, on } from 'node:events'
import { LearnerError } from '../check/learner-error.ts'
import type { Lesson } from '../check/lesson.ts'
import { prepareLesson } from '../course/mend.ts'
import { readProgress } from '../course/progress-file.ts'
import { changedFiles } from '../course/reset.ts'
import { pageOf, renderWatch, scrollOf } from '../ui/watch.ts'
import type { WatchState } from '../ui/watch-state.ts'
import type { Context, ExitCode } from './context.ts'
import { chooseLesson, enterSandbox } from './session.ts'
import { createChecker } from './watch-check.ts'
import { perform, type WayOut } from './watch-effects.ts'
import { beginningOf, openingOf } from './watch-lesson.ts'
import { watchSaves } from './watch-saves.ts'
import { openTerminal } from './watch-terminal.ts'
import { update, type WatchEvent } from './watch-update.ts'

/** Judges on every save, until the learner leaves. Never moves on unasked. */
export async function watch(
  context: Context,
  { lesson: query }: { readonly lesson?: string | undefined },
): Promise<ExitCode> {
  if (!context.interactive) {
    throw new LearnerError('watch draws on a terminal and reads its keys, and there is none here.', {
      hint: `Use \`${context.command(`check${query === undefined ? '' : ` ${query}`}`)}\` after each save instead.`,
    })
  }
  const root = enterSandbox(context)
  const lesson = chooseLesson(context, query, { root, ...readProgress(root) })
  const wayOut = await watchLesson(context, root, lesson)
  return await wayOut()
}

/** Everything that happens is an event; events change the state, and the state is drawn. */
async function watchLesson(context: Context, root: string, first: Lesson): Promise<WayOut> {
  const events = new EventEmitter<{ event: [WatchEvent]; error: [unknown] }>()
  const emit = (event: WatchEvent) => events.emit('event', event)
  const heard = on(events, 'event', { signal: context.signal })
  let lesson = first
  const notSaves = new Set<string>()
  let saves = listen()
  let state = beginningOf(root, lesson)
  const checker = createChecker({ context, root, emit, fail: (error) => events.emit('error', error) })
  const terminal = openTerminal(
    context,
    {
      onKey: (key) => emit({ kind: 'key', key, page: pageOf(state, terminal.viewport()) }),
      onChange: () => emit({ kind: 'screen-changed' }),
      onEnd: () => emit({ kind: 'input-ended' }),
    },
    { full: true },
  )

  function listen(): { close(): void } {
    notSaves.clear()
    for (const file of lesson.check.files ?? []) notSaves.add(file)
    const { id } = lesson
    return watchSaves({
      folder: prepareLesson(root, lesson),
      notSaves,
      onSave: (file) =>
        emit({ kind: 'saved', file, at: new Date(), changed: changedFiles(root, [id]).length > 0 }),
    })
  }

  function open(next: Lesson): void {
    saves.close()
    lesson = next
    saves = listen()
    emit(openingOf(root, lesson))
  }

  /** Answers with the way out where there is one. */
  async function take(event: WatchEvent): Promise<WayOut | undefined> {
    if (event.kind === 'traced' && event.event.kind === 'write') notSaves.add(event.event.file)
    const updated = update(event.kind === 'key' ? scrolledTo(state) : state, event)
    state = updated.state
    for (const effect of updated.effects) {
      const wayOut = await perform(effect, { context, root, terminal, checker, emit, lesson, state, open })
      if (wayOut !== undefined) return wayOut
    }
    if (isSeen(event)) terminal.draw(renderWatch(state, terminal.viewport()))
    return undefined
  }

  /** Keys scroll from what is seen, which is never past the end, whatever was asked for. */
  function scrolledTo(before: WatchState): WatchState {
    return { ...before, scroll: scrollOf(before, terminal.viewport()) }
  }

  /** What a trace tells shows at the next tick, for it comes by the hundred; where nothing is drawn over, with the verdict. */
  function isSeen({ kind }: WatchEvent): boolean {
    return kind !== 'traced' && !(context.plain && kind === 'tick')
  }

  try {
    emit({ kind: 'screen-changed' })
    checker.start(lesson)
    for await (const [event] of heard as AsyncIterable<[WatchEvent]>) {
      const wayOut = await take(event)
      if (wayOut !== undefined) return wayOut
    }
    return () => Promise.resolve(130)
  } finally {
    saves.close()
    terminal.close()
    await checker.end()
  }
}
