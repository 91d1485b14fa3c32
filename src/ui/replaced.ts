import type { Screen } from './screen.ts'
import { wrap } from './wrap.ts'

export interface ReplacedState {
  /** The first line. */
  readonly outcome: string
  readonly paths: readonly string[]
  /** The folder that holds what stood there before. */
  readonly backup: string
  /** Brings it back. */
  readonly command: string
}

/** After a reset or an undo: what changed, where the former files are, and how to have them again. */
export function renderReplaced({ outcome, paths, backup, command }: ReplacedState, screen: Screen): string {
  const { colour } = screen
  const lines = [
    colour.green(wrap(outcome, screen)),
    ...paths.map((path) => `  ${path}`),
    'What stood there before is in',
    `  ${backup}`,
    'and comes back with',
    `  ${colour.cyan(command)}`,
  ]
  return `${lines.join('\n')}\n`
}
