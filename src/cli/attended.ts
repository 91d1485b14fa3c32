import type { Context } from './context.ts'
import { openTerminal } from './watch-terminal.ts'

/**
 * For what takes a while between two menus: keys pressed meanwhile are not taken for answers to the next
 * one, and Ctrl-C ends the work and not us. `undefined` when it did.
 */
export async function attended<T>(
  context: Context,
  work: (context: Context) => Promise<T>,
): Promise<T | undefined> {
  const stop = new AbortController()
  const terminal = openTerminal(
    context,
    {
      onKey(key) {
        if (key === 'ctrl-z') terminal.suspend()
        if (key !== 'ctrl-c') return
        // Whoever asks twice does not want to wait.
        if (stop.signal.aborted) process.kill(process.pid, 'SIGINT')
        stop.abort()
      },
      onChange: () => undefined,
      onEnd: () => stop.abort(),
    },
    { full: false },
  )
  try {
    const result = await work({ ...context, signal: AbortSignal.any([context.signal, stop.signal]) })
    if (!stop.signal.aborted) return result
  } catch (error) {
    if (!stop.signal.aborted || context.signal.aborted) throw error
  } finally {
    terminal.close()
  }
  context.stdout.write('Stopped before the end.\n')
  return undefined
}
