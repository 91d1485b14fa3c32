import { expect } from 'vitest'

/** What happened, in order; and a way to wait for it. Generous: a deadline only ends a wait that is lost. */
export interface Journal {
  readonly entries: readonly string[]
  readonly note: (entry: string) => void
  /** Resolves once `entry` has been noted. */
  readonly until: (entry: string) => Promise<void>
}

const DEADLINE_MS = 20_000

export function createJournal(): Journal {
  const entries: string[] = []
  const waiters = new Map<string, () => void>()

  function note(entry: string): void {
    entries.push(entry)
    waiters.get(entry)?.()
  }

  async function until(entry: string): Promise<void> {
    if (entries.includes(entry)) return
    const noted = new Promise<void>((resolve) => waiters.set(entry, resolve))
    await withinDeadline(
      noted,
      () => `“${entry}” did not happen; what did: ${entries.join(', ') || 'nothing'}`,
    )
  }

  return { entries, note, until }
}

/** A door that tasks and handlers wait at. */
export interface Gate {
  readonly opened: Promise<void>
  readonly open: () => void
}

export function createGate(): Gate {
  let open = (): void => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

export async function withinDeadline<T>(promise: Promise<T>, complaint: () => string): Promise<T> {
  const late = Symbol('late')
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), DEADLINE_MS)
  })
  const first = await Promise.race([promise, deadline])
  clearTimeout(timer)
  if (first === late) expect.fail(complaint())
  return first
}
