import { bounds } from './bounds.ts'
import type { Subject } from './subject.ts'

/**
 * Waits for a reply. `never`: it is proved that it cannot come unless the gate moves or another
 * request comes; `deadline`: it did not come, and whether it can is not known.
 */
export async function replyOrProof(
  subject: Subject,
  as: string,
  hasCome: () => boolean,
): Promise<'replied' | 'never' | 'deadline'> {
  const { child, until } = subject
  const replied = () => subject.isOver() || hasCome()
  await until(() => replied() || child.waiting > 0, { ms: bounds.promptReply })
  await until(() => replied() || child.handled(as) || child.stopped, { ms: bounds.reply })
  while (!replied()) {
    // A response that is on its way arrives, however late this side gets to see it.
    if (child.responded(as)) return (await until(replied, { ms: bounds.reply })) ? 'replied' : 'deadline'
    if (child.stopped) {
      if (!(await until(() => replied() || !child.stopped, { ms: bounds.stopped }))) return 'never'
      continue
    }
    const id = subject.ask({ do: 'settle' })
    const answered = await until(() => replied() || child.settled(id) || child.stopped, {
      ms: () => (child.waiting > 0 ? bounds.shortQuiet : bounds.reply),
      renewed: whatMoves(subject),
      atMost: bounds.settle,
    })
    if (!answered) return 'deadline'
    if (child.responded(as) || replied()) continue
    if (child.proved(id)) return 'never'
    // An interval may still bring the reply, unless what it waits for is held back.
    if (child.settled(id) && child.waiting > 0) return 'deadline'
    if (child.settled(id) && !(await until(replied, { ms: bounds.reply }))) return 'deadline'
  }
  return 'replied'
}

/**
 * Waits until nothing more happens; whether that is proved. What cannot be proved is waited for
 * longer while `isDone` says that something is still due.
 */
export async function standsStill(subject: Subject, isDone: () => boolean): Promise<boolean> {
  const { child, until } = subject
  let quietMs = 0
  let wasDue = !isDone()
  for (;;) {
    const id = subject.ask({ do: 'settle' })
    const moves = whatMoves(subject)
    const settled = await until(() => subject.isOver() || child.settled(id) || child.stopped, {
      ms: () => (isDone() ? bounds.shortQuiet : bounds.quiet),
      renewed: () => {
        // What came last may have company, so the quiet begins anew with it.
        const came = wasDue && isDone()
        if (came) wasDue = false
        return moves() || came
      },
      atMost: bounds.settle,
    })
    if (subject.isGone() || child.proved(id)) return true
    if (!settled || subject.isOver() || child.stopped) return false
    // An interval, a child process or a worker may have something to do yet.
    const { activity } = child
    const wasDone = isDone()
    const became = await until(() => subject.isOver() || (!wasDone && isDone()), { ms: bounds.shortQuiet })
    // What came last may have company: a line that is printed as well, or comes twice.
    quietMs = became || child.activity !== activity ? 0 : quietMs + bounds.shortQuiet
    if (quietMs >= (isDone() ? bounds.shortQuiet : bounds.quiet)) return false
  }
}

/** Says, each time it is asked, whether the learner's code has done anything since, or has a timer running. */
function whatMoves({ child }: Subject): () => boolean {
  let seen = child.activity
  return () => {
    const moved = child.activity !== seen
    seen = child.activity
    return moved || child.timersPending()
  }
}
