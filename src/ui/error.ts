import type { Screen } from './screen.ts'
import { wrap } from './wrap.ts'

export interface ErrorState {
  readonly message: string
  /** Of a bug only: to be reported as it is. */
  readonly stack?: string
  /** What to do next. */
  readonly hint: string
}

export function renderError({ message, stack, hint }: ErrorState, screen: Screen): string {
  const { colour } = screen
  const lines = [colour.red(wrap(message, screen)), stack && colour.dim(stack), wrap(hint, screen)]
  return `${lines.filter(Boolean).join('\n')}\n`
}
