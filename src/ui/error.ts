import { wrap } from './wrap.ts'
import type { Screen } from './screen.ts'

/** What happened, then what to do next. */
export function renderError(
  { message, hint }: { readonly message: string; readonly hint: string },
  screen: Screen,
): string {
  const { colour } = screen
  return `${colour.red(wrap(message, screen))}\n${wrap(hint, screen)}\n`
}
